/// What the backends share and users do not see.
package org.stratumj.node.internal;
