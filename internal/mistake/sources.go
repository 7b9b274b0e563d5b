package mistake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/nearest"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// source is what a resource takes. Concourse looks into none before it is set, and one that takes no effect then hides
// what would correct it: the parent pipeline gets its images, this project and the config by them.
type source struct {
	wants [][]string // all keys of one of these
	takes []string   // all that it knows, where that is this project's to say
}

// sources are those that pipelines hand on whole, by the type of the resource. The time resource's is a morning.
// https://github.com/concourse/git-resource and https://github.com/concourse/registry-image-resource, source configuration
var sources = map[string]source{
	"git":            {wants: [][]string{{"uri"}}},
	"registry-image": {wants: [][]string{{"repository"}}},
	"slack": {
		wants: [][]string{{"url"}, {"token", "channel"}},
		takes: []string{"url", "token", "channel", "api_url", "detail", "thread", "mentions", "quiet_hours", "location", "files", "dry_run"},
	},
}

// sourceless tells of sources that lack what their resource cannot do without.
func (f Facts) sourceless() []report.Finding {
	return f.wanting("var-missing", "Add it to checklist.yml, not empty", func(u user) map[string]string {
		wrong := map[string]string{}
		for path, kind := range f.Pipelines[u.pipeline].Sources {
			value, _ := at(u.vars, path)
			if given, is := value.(checklist.Vars); is && !sources[kind].takesEffect(given) {
				wrong[path] = "has no " + sources[kind].alternatives()
				if key := sources[kind].wants[0][0]; sources[kind].takes == nil && !gives(given, key) {
					wrong[path] += hint(given, key)
				}
			}
		}
		return wrong
	})
}

// slips tells of keys that a resource of this project does not know.
func (f Facts) slips() (found []report.Finding) {
	told := map[string]bool{}
	for _, u := range f.users() {
		for path, kind := range f.Pipelines[u.pipeline].Sources {
			value, _ := at(u.vars, path)
			given, _ := value.(checklist.Vars)
			for key := range given {
				place, takes := f.place(u, path+"."+key), sources[kind].takes
				if takes == nil || slices.Contains(takes, key) || told[place] {
					continue
				}
				told[place] = true
				m := mistake("var-unused", place, fmt.Sprintf("%s is no key of the %s resource%s", place, kind, nearest.Hint(key, takes)),
					"Correct its name in checklist.yml, or take it out")
				m.Detail = "keys are " + strings.Join(takes, ", ")
				found = append(found, m)
			}
		}
	}
	return found
}

func (s source) takesEffect(given checklist.Vars) bool {
	return s.wants == nil || slices.ContainsFunc(s.wants, func(all []string) bool {
		return !slices.ContainsFunc(all, func(key string) bool { return given[key] == nil || given[key] == "" })
	})
}

func (s source) alternatives() string {
	var words []string
	for _, all := range s.wants {
		words = append(words, strings.Join(all, " and "))
	}
	return strings.Join(words, ", nor ")
}
