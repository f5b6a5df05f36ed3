/// Messages as data: names, numbers, fields and sizes, without the values.
package org.stratumj.protocol.layout;
