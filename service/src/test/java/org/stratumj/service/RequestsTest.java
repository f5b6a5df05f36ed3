package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestsTest {

    @Test
    void everyRequestOfTheSpecificationIsOne() {
        assertThat(SmallestMessages.all())
                .filteredOn(message -> Requests.requestId(message).isPresent())
                .extracting(message -> message.getClass().getSimpleName())
                .containsExactlyInAnyOrder(
                        "OpenStandardMiningChannel",
                        "OpenExtendedMiningChannel",
                        "SetCustomMiningJob",
                        "AllocateMiningJobToken",
                        "DeclareMiningJob",
                        "ProvideMissingTransactions",
                        "RequestTransactionData");
    }

    @Test
    void everyAnswerOfTheSpecificationIsOne() {
        assertThat(SmallestMessages.all())
                .filteredOn(message -> Requests.answerId(message).isPresent())
                .extracting(message -> message.getClass().getSimpleName())
                .containsExactlyInAnyOrder(
                        "OpenStandardMiningChannelSuccess",
                        "OpenExtendedMiningChannelSuccess",
                        "OpenMiningChannelError",
                        "SetCustomMiningJobSuccess",
                        "SetCustomMiningJobError",
                        "AllocateMiningJobTokenSuccess",
                        "DeclareMiningJobSuccess",
                        "DeclareMiningJobError",
                        "ProvideMissingTransactionsSuccess",
                        "RequestTransactionDataSuccess",
                        "RequestTransactionDataError");
    }
}
