/// `stratumj decode`: frames shown as fields, from hexadecimal digits, files and captures, and JSON turned
/// back into bytes. How frames become fields is in [org.stratumj.json], how captures become streams in
/// [org.stratumj.app.capture].
@NullMarked
package org.stratumj.app.decode;

import org.jspecify.annotations.NullMarked;
