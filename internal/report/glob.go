package report

import "strings"

// Glob is a pattern over a whole text: * stands for any run of characters, "/" among them, and ?
// for one. The empty Glob matches nothing.
type Glob string

// Match tells whether the whole text fits.
func (g Glob) Match(text string) bool {
	if g == "" {
		return false
	}
	return match([]rune(g), []rune(text))
}

// any tells whether every text fits, but for one that is too short.
func (g Glob) any() bool { return g != "" && strings.Trim(string(g), "*?") == "" }

// match remembers the last star only: a later star makes all earlier choices irrelevant, so it is
// quadratic at worst, whatever the pattern.
func match(glob, text []rune) bool {
	g, t, star, resume := 0, 0, -1, 0
	for t < len(text) {
		switch {
		case g < len(glob) && glob[g] == '*':
			star, resume = g, t
			g++
		case g < len(glob) && (glob[g] == '?' || glob[g] == text[t]):
			g++
			t++
		case star >= 0:
			resume++
			g, t = star+1, resume
		default:
			return false
		}
	}
	return strings.Trim(string(glob[g:]), "*") == ""
}
