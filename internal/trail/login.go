package trail

import "strings"

// hidden is what CloudTrail gives for a user name that does not exist: what was typed may have been a
// password.
const hidden = "HIDDEN_DUE_TO_SECURITY_REASONS"

// login tells the rule that a login breaks and why, or "" when it is a named person's. Failed logins
// of named people are theirs, too.
func (p People) login(e Event) (rule, reason string) {
	name := e.person()
	switch {
	case e.Identity.Type == root:
		return "login-by-root", "root is nobody's account"
	case name == "":
		return "login-without-name", "the record has no name of a person for an identity of type " + word(e.Identity.Type)
	case name == hidden:
		return "login-by-unknown-user", "no user has the name that was typed; CloudTrail hides it"
	case instance.MatchString(name):
		return "login-by-instance", "the credentials of instance " + name + " were used to sign in"
	case p.generic(name):
		return "login-by-generic-account", word(name) + " is an account that anybody could be behind"
	case !p.Pattern.Match(local(name)):
		return "login-not-a-person", word(name) + " does not match people.pattern " + p.Pattern.String()
	case !p.rostered(name):
		return "login-not-on-roster", word(name) + " is not in people.roster"
	}
	return "", ""
}

// local is what an e-mail address has before the @, or the whole name.
func local(name string) string {
	before, _, _ := strings.Cut(name, "@")
	return before
}

func (p People) generic(name string) bool {
	for _, g := range p.Generic {
		if g.Match(strings.ToLower(name)) || g.Match(strings.ToLower(local(name))) {
			return true
		}
	}
	return false
}

func (p People) rostered(name string) bool {
	for _, r := range p.Roster {
		if strings.EqualFold(r, name) || strings.EqualFold(r, local(name)) {
			return true
		}
	}
	return len(p.Roster) == 0
}
