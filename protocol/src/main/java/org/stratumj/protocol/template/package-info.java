/// The messages of the Template Distribution Protocol: templates and solutions. Spec: 07.
///
/// Client is a pool or Job Declarator Client, server the Template Provider.
package org.stratumj.protocol.template;
