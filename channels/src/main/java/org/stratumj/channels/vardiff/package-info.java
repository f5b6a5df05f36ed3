/// Variable difficulty: from the shares of a channel to the difficulty it should have.
package org.stratumj.channels.vardiff;
