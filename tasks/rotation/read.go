package main

import (
	"context"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/rotation"
	"github.com/cloud-gov/platform-checklist/internal/slackapi"
)

// reading is what Slack says, and what of it could not be read.
type reading struct {
	rotation.Workspace
	gaps []report.Gap
}

// people looks up everybody in the schedule.
func (c *check) people(ctx context.Context, scope string, w *workspace) *reading {
	r := &reading{Workspace: rotation.Workspace{App: w.User, Users: map[string]rotation.User{}}}
	for _, p := range c.schedule.People {
		user, err := w.user(ctx, p)
		if err != nil {
			r.miss(scope+"/people/"+p.Name, "look up "+p.Name, err)
			continue
		}
		r.Users[p.Name] = user
	}
	return r
}

// places reads what Slack says, to people who are known.
func (c *check) places(ctx context.Context, scope string, w *workspace, people *reading) *reading {
	r := &reading{people.Workspace, slices.Clone(people.gaps)}
	r.Channels, r.Group = map[string]rotation.Channel{}, nil
	for _, id := range c.schedule.Slack.All() {
		channel, err := w.channel(ctx, id)
		if err == nil && slices.Contains(c.schedule.Slack.Channels, id) {
			channel.Members, err = w.members(ctx, id)
		}
		if err != nil {
			r.miss(scope+"/"+id, "read channel "+id, err)
			continue
		}
		r.Channels[id] = channel
	}
	if name := c.schedule.Slack.Group; name != "" {
		group, err := w.group(ctx, name)
		if err != nil {
			r.miss(scope+"/group/"+name, "read user group "+name, err)
			return r
		}
		r.Group = group
	}
	return r
}

func (r *reading) miss(subject, doing string, err error) {
	r.gaps = append(r.gaps, report.Gap{Subject: subject, Reason: doing + ": " + fetch.Scrub(err).Error(), Action: slackapi.Remedy(err)})
}

// user finds somebody's account; one without ID where there is none.
func (w *workspace) user(ctx context.Context, p rotation.Person) (rotation.User, error) {
	var u *slack.User
	var err error
	if byMail := strings.Contains(p.Slack, "@"); byMail {
		u, err = w.GetUserByEmailContext(ctx, p.Slack)
	} else {
		u, err = w.GetUserInfoContext(ctx, p.Slack)
		if err == nil && u.ID != p.Slack {
			err = slackapi.ErrNotSlack
		}
	}
	switch {
	case slices.Contains([]string{"users_not_found", "user_not_found", "user_not_visible"}, slackapi.Word(err)):
		return rotation.User{}, nil
	case err != nil:
		return rotation.User{}, err
	case u.ID == "":
		return rotation.User{}, slackapi.ErrNotSlack
	}
	return rotation.User{ID: u.ID, Deleted: u.Deleted, Bot: u.IsBot}, nil
}

func (w *workspace) channel(ctx context.Context, id string) (rotation.Channel, error) {
	c, err := w.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: id})
	if err == nil && c.ID != id {
		err = slackapi.ErrNotSlack
	}
	if err != nil {
		return rotation.Channel{}, err
	}
	return rotation.Channel{
		ID: id, Name: c.Name, Topic: c.Topic.Value, SetBy: c.Topic.Creator, Archived: c.IsArchived, Joined: c.IsMember,
	}, nil
}

// members reads all of a channel.
func (w *workspace) members(ctx context.Context, id string) (all []string, err error) {
	query := &slack.GetUsersInConversationParameters{ChannelID: id, Limit: slackapi.PageSize}
	for member, err := range slackapi.Pages(func(cursor string) ([]string, string, bool, error) {
		query.Cursor = cursor
		page, next, err := w.GetUsersInConversationContext(ctx, query)
		return page, next, false, err
	}) {
		if err != nil {
			return nil, err
		}
		all = append(all, member)
	}
	return all, nil
}

// group finds a user group by its ID or handle; one without ID where there is none.
func (w *workspace) group(ctx context.Context, name string) (*rotation.Group, error) {
	all, err := w.GetUserGroupsContext(ctx, slack.GetUserGroupsOptionIncludeDisabled(true))
	if err != nil {
		return nil, err
	}
	for _, g := range all {
		if g.ID != name && "@"+g.Handle != name {
			continue
		}
		found := &rotation.Group{ID: g.ID, Handle: g.Handle, Disabled: g.DateDelete > 0}
		if found.ID == "" {
			return nil, slackapi.ErrNotSlack
		}
		found.Members, err = w.GetUserGroupMembersContext(ctx, g.ID, slack.GetUserGroupMembersOptionIncludeDisabled(true))
		return found, err
	}
	return &rotation.Group{}, nil
}
