package rotation

import (
	"slices"
	"strings"
)

// FirstDay is the checklist's list for the first day: what is so already, and what is left to people.
func (s *Schedule) FirstDay(shift Shift, w Workspace, open []Difference) (done, left []string) {
	user := w.Users[shift.Who]
	if channel := w.Channels[s.Slack.Channel]; channel.says(part(shift)) {
		done = append(done, "the topic of "+channel.name()+" names "+shift.Who)
	}
	if w.Group != nil && w.Group.is(user) {
		done = append(done, "@"+w.Group.Handle+" is "+shift.Who)
	}
	var channels []string
	for _, id := range s.Slack.Channels {
		channel, read := w.Channels[id]
		if !read {
			channel.ID = id
		}
		channels = append(channels, channel.name())
		if slices.Contains(channel.Members, user.ID) {
			done = append(done, shift.Who+" is in "+channel.name())
		}
	}
	for _, d := range open {
		left = append(left, d.Summary+": "+d.Action)
	}
	if len(channels) > 0 {
		left = append(left, "unmute "+strings.Join(channels, " and "))
	}
	left = append(left, "paste the schedule below as Slackbot's response")
	if giver := s.Before(shift); giver != "" {
		left = append(left, shift.Who+" and "+giver+" meet; "+shift.Who+" takes over the open support items that "+giver+" still works on")
	}
	return done, left
}
