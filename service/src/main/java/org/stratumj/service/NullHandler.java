package org.stratumj.service;

/// A handler for a subprotocol that a service does not speak: the same as none.
sealed interface NullHandler
        permits NullSv2MiningServerHandler,
                NullSv2JobDeclarationServerHandler,
                NullSv2TemplateDistributionServerHandler,
                NullSv2MiningClientHandler,
                NullSv2JobDeclarationClientHandler,
                NullSv2TemplateDistributionClientHandler {}
