package rotation

import "slices"

// Workspace is what Slack says today. What could not be read is not in it, and is not judged.
type Workspace struct {
	App      string             // the user ID of this app
	Users    map[string]User    // by the name in the schedule
	Channels map[string]Channel // by ID
	Group    *Group
}

// User is a person's account.
type User struct {
	ID      string // empty: there is none
	Deleted bool   // deactivated
	Bot     bool
}

// Usable tells whether the account can be on support.
func (u User) Usable() bool { return u.ID != "" && !u.Deleted && !u.Bot }

// Channel is one whose topic or members matter.
type Channel struct {
	ID, Name string
	Topic    string // as Slack keeps it
	SetBy    string // the user ID of who set the topic last
	Archived bool
	Joined   bool     // this app is in it
	Members  []string // user IDs
}

func (c Channel) name() string {
	if c.Name == "" {
		return c.ID
	}
	return "#" + c.Name + " (" + c.ID + ")"
}

// says tells whether the topic has one part of the schedule, and just this one.
func (c Channel) says(part string) bool {
	places := marked(c.Topic)
	return len(places) == 1 && c.part(places[0]) == part
}

func (c Channel) part(place [2]int) string { return Meaning(c.Topic[place[0]:place[1]]) }

// Group is the user group that is whoever is on support.
type Group struct {
	ID, Handle string // no ID: there is no such group
	Disabled   bool
	Members    []string // user IDs
}

// is tells whether it is just one person.
func (g Group) is(u User) bool { return u.ID != "" && slices.Equal(g.Members, []string{u.ID}) }

// Kind is what a change changes.
type Kind int

// The changes that a machine can make.
const (
	Nothing Kind = iota // a person must
	Topic
	Membership
	Invitation
)

// Change mends a difference.
type Change struct {
	Kind  Kind
	Place string // ID of the channel or group
	Value string // the whole topic, or a user ID
	Done  string // in words, what is so afterwards
}

// Made tells whether Slack says what the change was to make.
func (c Change) Made(w Workspace) bool {
	switch c.Kind {
	case Topic:
		return w.Channels[c.Place].says(Channel{Topic: c.Value}.part(marked(c.Value)[0]))
	case Membership:
		return w.Group != nil && w.Group.is(User{ID: c.Value})
	case Invitation:
		return slices.Contains(w.Channels[c.Place].Members, c.Value)
	}
	return false
}

// Rewritten tells whether Slack keeps a topic that it was given with another meaning: then the words around the
// schedule's part are no longer what people wrote.
func (c Change) Rewritten(by Channel) bool {
	return c.Kind == Topic && Meaning(by.Topic) != Meaning(c.Value)
}
