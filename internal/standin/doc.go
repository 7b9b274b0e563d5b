// Package standin holds local stand-ins of the outside services that the
// checks look at. Tests, the demo and the sandbox start them; nothing that
// ships imports them.
package standin
