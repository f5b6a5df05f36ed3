/// The message reference, a page in Markdown written from the layouts.
package org.stratumj.json.reference;
