package trail

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// finding puts an event into words. It is high when it happened, a warning when it was tried and failed.
func (p *Policy) finding(e Event, login bool, rule string, reasons []string) *report.Finding {
	outcome := e.outcome(login)
	severity := report.High
	if outcome == failed {
		severity = report.Warning
	}
	return &report.Finding{
		Rule: rule, Subject: e.Subject(), Severity: severity, Since: e.Time, Link: e.console(),
		Summary:    summary(e, login, outcome, rule),
		Detail:     detail(e, outcome, append(reasons, e.odd...)),
		Action:     action(e, rule),
		Attributes: p.attributes(e),
	}
}

// wrongs say of an event what its rule says, after its subject and verb.
var wrongs = map[string]string{
	"login-by-root":            "",
	"login-without-name":       " without a person's name",
	"login-by-unknown-user":    " under a name that no user has",
	"login-by-instance":        " with an instance's credentials",
	"login-by-generic-account": ", a generic account",
	"login-not-a-person":       ", no person's name",
	"login-not-on-roster":      ", not on the roster",
	"change-outside-terraform": ", outside Terraform",
	"identity-unknown":         ", an identity that this program does not know",
	"record-version-unknown":   ", in a record that this program cannot read",
	"record-incomplete":        ", in a record that lacks something",
}

// summary is "jane.doe (role admin) does DeleteTrail on audit, outside Terraform".
func summary(e Event, login bool, o outcome, rule string) string {
	does, tries := "does "+word(e.Name), "tries "+word(e.Name)
	if login && e.Name == "ConsoleLogin" {
		does, tries = "signs in to the console", "tries to sign in to the console"
	} else if target := e.target(); target != "" {
		does, tries = does+" on "+target, tries+" on "+target
	}
	if o == failed {
		does = tries + " and fails"
	}
	return e.who() + " " + does + wrongs[rule]
}

// targets are the request parameters that name what a call is about, the outermost first.
var targets = []string{"name", "vpcId", "groupId", "groupName", "userName", "roleName", "policyName"}

func (e Event) target() string {
	var names []string
	request := fields(e.Request)
	for _, key := range targets {
		if name := text(request[key]); name != "" {
			names = append(names, word(name))
		}
	}
	return strings.Join(names, " ")
}

// detail is the evidence, a line for each reason and then for each fact. What came from outside cannot
// begin a line: word and quoted see to that.
func detail(e Event, o outcome, reasons []string) string {
	var lines strings.Builder
	line := func(label, value string) {
		if value != "" {
			fmt.Fprintf(&lines, "%s: %s\n", label, value)
		}
	}
	for _, reason := range reasons {
		line("why", reason)
	}
	i := e.Identity
	line("who", strings.TrimSpace(quoted(e.identity())+suffix(" with access key ", i.AccessKeyID)+suffix(" by ", i.InvokedBy)))
	line("role", quoted(i.Context.Issuer.ARN))
	line("what", word(e.Name)+" at "+word(e.Source)+" in "+word(e.Region))
	line("on", parameters(e.Request))
	line("from", quoted(e.from()))
	line("when", quoted(e.At))
	line("outcome", [...]string{succeeded: "succeeded", failed: "failed", unrecorded: "not recorded"}[o]+suffix(", ", e.ErrorCode)+suffix(": ", e.ErrorMessage))
	line("user agent, as the caller chose it", quoted(e.Agent))
	return strings.TrimSuffix(lines.String(), "\n")
}

// from is the source address, with the VPC endpoint whose network chose it.
func (e Event) from() string {
	if e.VPCEndpoint != "" {
		return e.Address + " through " + e.VPCEndpoint
	}
	return e.Address
}

func suffix(before, value string) string {
	if value == "" {
		return ""
	}
	return before + quoted(value)
}

// parameters are the request's, on one line.
func parameters(request json.RawMessage) string {
	var line bytes.Buffer
	if len(request) == 0 || bytes.Equal(request, []byte("null")) || json.Compact(&line, request) != nil {
		return ""
	}
	return quoted(line.String())
}

func action(e Event, rule string) string {
	ask := "Discuss it with " + e.who()
	switch rule {
	case "record-version-unknown", "identity-unknown", "record-incomplete":
		ask = "Read the record in CloudTrail, look for a newer release of this program, and discuss it with " + e.who()
	case "login-by-root", "login-by-generic-account", "login-without-name", "login-by-unknown-user", "login-by-instance":
		ask = "Find out with the operators whose login it was"
	}
	return ask + ". If nobody can say that it was authorized, follow the Security Incident Response Guide. " +
		"If it was, explain it in the policy file: exceptions, rule " + rule + ", subject " + e.Subject() + "."
}

// plainWord is a text that cannot be taken for anything but a name.
var plainWord = regexp.MustCompile(`^[0-9A-Za-z_+=,.@:/-]{1,200}$`)

// word makes a name from outside a word of a sentence: as it is where it can be nothing else, in quotes
// otherwise.
func word(name string) string {
	if plainWord.MatchString(name) {
		return name
	}
	return strconv.Quote(clip(name))
}

// quoted leaves a text as it is unless it could begin a new line.
func quoted(text string) string {
	text = clip(text)
	if strings.ContainsFunc(text, breaks) {
		return strconv.Quote(text)
	}
	return text
}

func breaks(c rune) bool { return unicode.IsControl(c) || c == '\u2028' || c == '\u2029' }

// longest bounds a text from outside, in bytes: request parameters may be 100 KB.
const longest = 600

func clip(text string) string {
	if len(text) <= longest {
		return text
	}
	end := longest
	for !utf8.RuneStart(text[end]) && end > longest-utf8.UTFMax {
		end--
	}
	return fmt.Sprintf("%s (+%d bytes more)", text[:end], len(text)-end)
}
