package rotation

import (
	"fmt"
	"slices"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Difference is what is not in Slack as the schedule has it, and what would mend it.
type Difference struct {
	report.Finding
	Change Change
}

// Compare holds Slack against the schedule during a shift. adopt lets the schedule's words take a topic's place that it
// did not write itself.
func (s *Schedule) Compare(scope string, shift Shift, w Workspace, adopt bool) []Difference {
	c := comparison{s, scope, shift, w, nil}
	c.people()
	user, known := w.Users[shift.Who]
	if shift.Who == "" || known && !user.Usable() {
		return c.found // nobody whom Slack could name
	}
	usable := map[string]bool{}
	for _, id := range s.Slack.All() {
		usable[id] = c.usable(id)
	}
	if usable[s.Slack.Channel] {
		c.topic(c.Channels[s.Slack.Channel], adopt)
	}
	if !known {
		return c.found
	}
	c.group(user)
	for _, id := range s.Slack.Channels {
		if usable[id] {
			c.member(c.Channels[id], user)
		}
	}
	return c.found
}

type comparison struct {
	*Schedule
	scope string
	shift Shift
	Workspace
	found []Difference
}

func (c *comparison) find(f report.Finding, change Change) {
	f.Subject = c.scope + "/" + f.Subject
	c.found = append(c.found, Difference{f, change})
}

// people looks at everybody's account, since a turn comes sooner than its correction.
func (c *comparison) people() {
	names := map[string]string{} // by user ID
	for _, p := range c.People {
		u, looked := c.Users[p.Name]
		f := report.Finding{Subject: "people/" + p.Name, Severity: report.Warning, Action: "Correct slack in the schedule, or take them out of people."}
		if p.Name == c.shift.Who {
			f.Severity = report.High
			f.Action = "Add an override for somebody who is there, and correct people."
		}
		switch {
		case !looked:
			continue
		case u.ID == "":
			f.Rule, f.Summary = "person-not-found", fmt.Sprintf("%s is no user of the workspace (%s)", p.Name, p.Slack)
		case u.Deleted:
			f.Rule, f.Summary = "person-deactivated", fmt.Sprintf("the account of %s is deactivated (%s)", p.Name, p.Slack)
		case u.Bot:
			f.Rule, f.Summary = "person-is-a-bot", fmt.Sprintf("%s is a bot (%s)", p.Name, p.Slack)
		case names[u.ID] != "":
			f.Rule, f.Summary = "person-twice", fmt.Sprintf("%s and %s are one user of the workspace (%s)", names[u.ID], p.Name, u.ID)
		}
		if names[u.ID] = p.Name; f.Rule != "" {
			c.find(f, Change{})
		}
	}
}

// usable tells whether a channel was read and can be changed; what is in the way is a finding.
func (c *comparison) usable(id string) bool {
	channel, looked := c.Channels[id]
	switch {
	case !looked:
		return false
	case channel.Archived:
		c.find(report.Finding{
			Rule: "channel-archived", Subject: id, Severity: report.Warning,
			Summary: channel.name() + " is archived", Action: "Unarchive it, or take it out of the schedule.",
		}, Change{})
	case !channel.Joined:
		c.find(report.Finding{
			Rule: "app-not-in-channel", Subject: id, Severity: report.Warning,
			Summary: "this app is not in " + channel.name() + ", and can change nothing there", Action: "Invite it there (/invite).",
		}, Change{})
	}
	return !channel.Archived
}

func (c *comparison) topic(channel Channel, adopt bool) {
	want, places := part(c.shift), marked(channel.Topic)
	if channel.says(want) {
		return
	}
	tell := func(rule, summary, action string, change Change) {
		c.find(report.Finding{
			Rule: rule, Subject: channel.ID + "/topic", Severity: report.Warning,
			Summary: "the topic of " + channel.name() + " " + summary, Action: action,
			Detail: fmt.Sprintf("it is %q, set by %s; the schedule says %q", Meaning(channel.Topic), c.names([]string{channel.SetBy}), want+" "+bar),
		}, change)
	}
	set := with(channel.Topic, places, want)
	switch {
	case len(places) > 1:
		tell("topic-edited-by-hand", fmt.Sprintf("has %d parts that begin with %s", len(places), mark), "Remove all but one of them.", Change{})
	case len(places) == 0 && !adopt:
		tell("topic-without-mark", "has no part for who is on support",
			"Run it once with APPLY=true and ADOPT=true, which puts the part in front, or write the words of the schedule into the topic.", Change{})
	case len(places) == 1 && !adopt && channel.SetBy != c.App && !c.produced(channel.part(places[0])):
		tell("topic-edited-by-hand", "says what the schedule does on no day",
			"Write the swap into the schedule as an override, if it is one; then correct the topic by hand, or run it once with APPLY=true and ADOPT=true.", Change{})
	case tooLong(set):
		tell("topic-too-long", fmt.Sprintf("has no room for who is on support: Slack takes %d characters", longestTopic), "Shorten the rest of the topic.", Change{})
	default:
		tell("topic-differs", fmt.Sprintf("does not say that %s is on support", c.shift.Who), "Set it by APPLY=true: rotation.apply in checklist.yml.",
			Change{Topic, channel.ID, set, fmt.Sprintf("the topic of %s says now that %s is on support", channel.name(), c.shift.Who)})
	}
}

func (c *comparison) group(user User) {
	g := c.Group
	if g == nil {
		return
	}
	f := report.Finding{Subject: "group/" + c.Slack.Group, Severity: report.Warning}
	switch {
	case g.ID == "":
		f.Rule, f.Summary = "group-not-found", fmt.Sprintf("the workspace has no user group %s", c.Slack.Group)
		f.Action = "Make it, or correct slack.group in the schedule."
	case g.Disabled:
		f.Rule, f.Summary = "group-disabled", fmt.Sprintf("the user group @%s is disabled", g.Handle)
		f.Action = "Enable it, or take slack.group out of the schedule."
	case !g.is(user):
		f.Rule, f.Summary = "group-differs", fmt.Sprintf("the user group @%s is not just %s", g.Handle, c.shift.Who)
		f.Detail = "its members: " + c.names(g.Members)
		f.Action = "Set it by APPLY=true: rotation.apply in checklist.yml."
		c.find(f, Change{Membership, g.ID, user.ID, fmt.Sprintf("the user group @%s is %s now; it was %s", g.Handle, c.shift.Who, c.names(g.Members))})
		return
	default:
		return
	}
	c.find(f, Change{})
}

// names tells users by the schedule's names where it has them.
func (c *comparison) names(ids []string) string {
	var all []string
	for _, id := range ids {
		switch id {
		case c.App:
			id = "this app"
		case "":
			id = "nobody"
		}
		for _, p := range c.People {
			if c.Users[p.Name].ID == id {
				id = p.Name
			}
		}
		all = append(all, id)
	}
	if len(all) == 0 {
		return "nobody"
	}
	return report.First(all, 10, ", ")
}

func (c *comparison) member(channel Channel, user User) {
	if slices.Contains(channel.Members, user.ID) {
		return
	}
	c.find(report.Finding{
		Rule: "person-not-in-channel", Subject: channel.ID + "/" + c.shift.Who, Severity: report.Warning,
		Summary: fmt.Sprintf("%s is on support and not in %s", c.shift.Who, channel.name()),
		Action:  "Invite them by APPLY=true, or have them join it.",
	}, Change{Invitation, channel.ID, user.ID, fmt.Sprintf("%s is in %s now", c.shift.Who, channel.name())})
}
