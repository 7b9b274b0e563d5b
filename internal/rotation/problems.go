package rotation

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// How Slack names things. A handle is as people type it.
var (
	userIDs    = regexp.MustCompile(`^[UW][A-Z0-9]{2,20}$`)
	addresses  = regexp.MustCompile(`^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$`)
	channelIDs = regexp.MustCompile(`^[CG][A-Z0-9]{2,20}$`)
	groups     = regexp.MustCompile(`^(S[A-Z0-9]{2,20}|@[a-z0-9._-]{1,80})$`)
)

// What a topic must have room for, and a message.
const (
	longestName    = 80
	longestMeeting = 200
)

// Problems tells every key that cannot be so.
func (s *Schedule) Problems() []error {
	problems := s.Week.problems()
	switch {
	case s.First.IsZero():
		problems = append(problems, errors.New("first is missing: give the day on which the first of people begins a week"))
	case s.First.Start().Weekday() != time.Weekday(s.Week.Starts):
		problems = append(problems, fmt.Errorf("first is %s, a %s, and weeks start on %s: give the day on which a week starts",
			s.First, s.First.Start().Weekday(), time.Weekday(s.Week.Starts)))
	}
	problems = append(problems, s.peopleProblems()...)
	problems = append(problems, s.turnProblems("overrides", s.Overrides)...)
	problems = append(problems, s.turnProblems("absences", s.Absences)...)
	problems = append(problems, s.bookedTwice()...)
	if !plain(s.Meeting, longestMeeting) {
		problems = append(problems, fmt.Errorf("meeting wants one line of at most %d characters", longestMeeting))
	}
	return append(problems, s.Slack.problems()...)
}

func (w Week) problems() []error {
	if w.At.Minutes() >= 24*60 {
		return []error{errors.New("week.at is 24:00: give 00:00 and the next day as week.starts")}
	}
	return nil
}

func (s *Schedule) peopleProblems() (problems []error) {
	wrong := func(i int, format string, args ...any) {
		problems = append(problems, fmt.Errorf("people[%d]%s", i, fmt.Sprintf(format, args...)))
	}
	if len(s.People) == 0 {
		problems = append(problems, errors.New("people is missing: list who takes turns, in order"))
	}
	names, accounts := map[string]bool{}, map[string]bool{}
	for i, p := range s.People {
		switch {
		case strings.TrimSpace(p.Name) == "":
			wrong(i, ".name is missing")
		case !topical(p.Name):
			wrong(i, ".name wants at most %d characters that a topic keeps as they are, so none of | < > & :, no emoji and single spaces, not %q", longestName, p.Name)
		case names[p.Name]:
			wrong(i, ".name %s is there twice: everybody has one place in the order", p.Name)
		}
		switch account := strings.ToLower(p.Slack); {
		case !userIDs.MatchString(p.Slack) && !addresses.MatchString(p.Slack):
			wrong(i, ".slack wants a user's ID such as U0123456789, which the profile shows, or an e-mail address, not %q", p.Slack)
		case accounts[account]:
			wrong(i, ".slack %s is there twice", p.Slack)
		}
		names[p.Name], accounts[strings.ToLower(p.Slack)] = true, true
	}
	return problems
}

func (s *Schedule) turnProblems(key string, turns []Turn) (problems []error) {
	for i, t := range turns {
		wrong := func(format string, args ...any) {
			problems = append(problems, fmt.Errorf("%s[%d]%s", key, i, fmt.Sprintf(format, args...)))
		}
		if _, known := s.Person(t.Who); !known {
			wrong(".who is %q, who is none of people: write the name as it is there", t.Who)
		}
		single, span := !t.Date.IsZero(), !t.From.IsZero() || !t.Until.IsZero()
		switch {
		case single && span:
			wrong(" has date and from or until: give one of both")
		case !single && (t.From.IsZero() || t.Until.IsZero()):
			wrong(" wants a date, or from and until, the last day too")
		case span && t.Until.Start().Before(t.From.Start()):
			wrong(".until %s is before from %s", t.Until, t.From)
		}
	}
	return problems
}

// bookedTwice tells of times with two people, and of people who are to be there and away.
func (s *Schedule) bookedTwice() (problems []error) {
	for i, o := range s.Overrides {
		for j, other := range s.Overrides[:i] {
			if s.booked(o).overlaps(s.booked(other)) {
				problems = append(problems, fmt.Errorf("overrides[%d] (%s) and overrides[%d] (%s) overlap: keep one of them there", j, other, i, o))
			}
		}
		for j, away := range s.Absences {
			if o.Who == away.Who && s.booked(o).overlaps(s.whole(away)) {
				problems = append(problems, fmt.Errorf("overrides[%d] (%s) is while absences[%d] says that they are away (%s): keep one of them", i, o, j, away))
			}
		}
	}
	return problems
}

func (p Places) problems() (problems []error) {
	wrong := func(format string, args ...any) { problems = append(problems, fmt.Errorf("slack."+format, args...)) }
	const want = "wants a channel's ID such as C0123456789, which its details show, not %q"
	if !channelIDs.MatchString(p.Channel) {
		wrong("channel "+want, p.Channel)
	}
	if p.Group != "" && !groups.MatchString(p.Group) {
		wrong("group wants a user group's ID such as S0123456789, or its handle such as @support, not %q", p.Group)
	}
	for i, id := range p.Channels {
		switch {
		case !channelIDs.MatchString(id):
			wrong("channels[%d] "+want, i, id)
		case slices.Contains(p.Channels[:i], id):
			wrong("channels[%d] %s is there twice", i, id)
		}
	}
	return problems
}

// plain is a text of one line.
func plain(text string, most int) bool {
	return utf8.ValidString(text) && utf8.RuneCountInString(text) <= most && !strings.ContainsFunc(text, func(c rune) bool { return !unicode.IsPrint(c) })
}

// topical is a name that Slack keeps in a topic as it is.
func topical(name string) bool {
	return plain(name, longestName) && !strings.ContainsAny(name, "|<>&:") && !strings.ContainsFunc(name, isSymbol) && strings.Join(strings.Fields(name), " ") == name
}

func isSymbol(c rune) bool { return unicode.Is(unicode.So, c) || unicode.Is(unicode.Sk, c) }
