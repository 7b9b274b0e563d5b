package page

import "github.com/cloud-gov/platform-checklist/internal/digest"

// sign is how a state looks without colour, and what it is called.
type sign struct {
	State digest.State
	Sign  string
	Word  string
}

// signs are all states, the worst first: the order in which a reader wants to hear of them.
var signs = []sign{
	{digest.Unknown, "?", "could not look"},
	{digest.Missed, "✕", "did not run"},
	{digest.Found, "!", "found"},
	{digest.Running, "…", "running"},
	{digest.Idle, "·", "not due"},
	{digest.Clean, "✓", "clean"},
}

// rank is a state's place among the signs. One that nobody has named yet is could-not-look, never green.
func rank(s digest.State) int {
	for i, known := range signs {
		if known.State == s {
			return i
		}
	}
	return 0
}

func signOf(s digest.State) sign { return signs[rank(s)] }

// wants tells whether somebody must see to a box in this state.
func (s sign) wants() bool { return s.State != digest.Clean && s.State != digest.Idle }
