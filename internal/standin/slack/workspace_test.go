package slack_test

import (
	"testing"

	"github.com/slack-go/slack"
	"github.com/stretchr/testify/require"

	standin "github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

// staffed is a workspace with people, two channels and a group.
func staffed(t *testing.T) (*standin.Server, *slack.Client) {
	s := start(t)
	s.Workspace(func(w *standin.Workspace) {
		w.Users = []standin.User{
			{ID: "U0JANE", Name: "Jane", Email: "jane@example.gov"}, {ID: "U0GONE", Name: "Gone", Email: "gone@example.gov", Deleted: true},
		}
		w.Groups = []*standin.Group{{ID: "S0SUPPORT", Handle: "support", Members: []string{"U0SAM"}}, {ID: "S0OLD", Handle: "old", Disabled: true}, {ID: "S0LOCKED", Locked: true}}
		w.Channels = []*standin.Room{
			{ID: "C0ROOM", Name: "room", Members: []string{standin.App, "U0SAM", "U0KIM"}},
			{ID: "C0OLD", Archived: true, Members: []string{standin.App}}, {ID: "C0OTHER"},
		}
	})
	return s, bot(s, standin.Token)
}

func TestUsersBySlackGo(t *testing.T) {
	_, api := staffed(t)
	jane, err := api.GetUserInfo("U0JANE")
	require.NoError(t, err)
	require.Equal(t, "jane@example.gov", jane.Profile.Email)
	gone, err := api.GetUserInfo("U0GONE")
	require.NoError(t, err)
	require.True(t, gone.Deleted)
	byMail, err := api.GetUserByEmail("Jane@example.gov")
	require.NoError(t, err)
	require.Equal(t, "U0JANE", byMail.ID)
	for _, ask := range []func() (*slack.User, error){
		func() (*slack.User, error) { return api.GetUserByEmail("gone@example.gov") },
		func() (*slack.User, error) { return api.GetUserByEmail("nobody@example.gov") },
	} {
		_, err = ask()
		require.EqualError(t, err, "users_not_found")
	}
	_, err = api.GetUserInfo("U0NOBODY")
	require.EqualError(t, err, "user_not_found")
}

func TestTopicBySlackGo(t *testing.T) {
	s, api := staffed(t)
	set := func(topic string) string {
		t.Helper()
		channel, err := api.SetTopicOfConversation("C0ROOM", topic)
		require.NoError(t, err)
		return channel.Topic.Value
	}
	for given, want := range map[string]string{
		"plain":                             "plain",
		"R&D <3 🚀":                          "R&amp;D &lt;3 :rocket:",
		"see https://example.gov/a?b=1&c=2": "see <https://example.gov/a?b=1&amp;c=2>",
		"at example.gov":                    "at <http://example.gov|example.gov>",
		"in <#C0ROOM|room> by <@U0JANE>":    "in <#C0ROOM|room> by <@U0JANE>",
	} {
		kept := set(given)
		require.Equal(t, want, kept)
		require.Equal(t, kept, set(kept), "what it made itself it leaves alone")
	}
	s.Workspace(func(w *standin.Workspace) { w.Room("C0ROOM").Type("U0JANE", "by hand") })
	info, err := api.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: "C0ROOM"})
	require.NoError(t, err)
	require.Equal(t, "by hand", info.Topic.Value)
	require.Equal(t, "U0JANE", info.Topic.Creator)
	require.True(t, info.IsMember)
	for channel, want := range map[string]string{"C0OLD": "is_archived", "C0OTHER": "not_in_channel", "C0NONE": "channel_not_found"} {
		_, err = api.SetTopicOfConversation(channel, "x")
		require.EqualError(t, err, want)
	}
	_, err = api.SetTopicOfConversation("C0ROOM", string(make([]rune, 251)))
	require.EqualError(t, err, "too_long")
}

func TestGroupsBySlackGo(t *testing.T) {
	_, api := staffed(t)
	groups, err := api.GetUserGroups(slack.GetUserGroupsOptionIncludeDisabled(true))
	require.NoError(t, err)
	require.Len(t, groups, 3)
	require.NotZero(t, groups[1].DateDelete)
	groups, err = api.GetUserGroups()
	require.NoError(t, err)
	require.Len(t, groups, 2)
	_, err = api.UpdateUserGroupMembers("S0SUPPORT", "U0JANE")
	require.NoError(t, err)
	members, err := api.GetUserGroupMembers("S0SUPPORT")
	require.NoError(t, err)
	require.Equal(t, []string{"U0JANE"}, members)
	for group, want := range map[string]string{"S0LOCKED": "permission_denied", "S0NONE": "no_such_subteam"} {
		_, err = api.UpdateUserGroupMembers(group, "U0JANE")
		require.EqualError(t, err, want)
	}
	for users, want := range map[string]string{"": "no_users_provided", "U0GONE": "invalid_users"} {
		_, err = api.UpdateUserGroupMembers("S0SUPPORT", users)
		require.EqualError(t, err, want)
	}
}

func TestMembersBySlackGo(t *testing.T) {
	_, api := staffed(t)
	members := func() (all []string) {
		for cursor := ""; ; {
			page, next, err := api.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: "C0ROOM", Limit: 2, Cursor: cursor})
			require.NoError(t, err)
			if all, cursor = append(all, page...), next; cursor == "" {
				return all
			}
		}
	}
	require.Equal(t, []string{standin.App, "U0SAM", "U0KIM"}, members())
	_, err := api.InviteUsersToConversation("C0ROOM", "U0JANE")
	require.NoError(t, err)
	require.Contains(t, members(), "U0JANE")
	for _, c := range [][3]string{
		{"C0ROOM", "U0JANE", "already_in_channel"}, {"C0ROOM", "U0GONE", "user_not_found"}, {"C0OLD", "U0JANE", "is_archived"}, {"C0OTHER", "U0JANE", "not_in_channel"},
	} {
		_, err := api.InviteUsersToConversation(c[0], c[1])
		require.EqualError(t, err, c[2])
	}
}
