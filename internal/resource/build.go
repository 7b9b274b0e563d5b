package resource

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"
)

// Build is the build that puts. All of it may be empty: outside Concourse there is none.
type Build struct {
	ID     string // unique in its Concourse
	Name   string // "checklist/environment:production/stemcells #12"
	Link   string // its page
	Status string // "succeeded", "failed", "errored" or "aborted", since Concourse 8.2 and only in hooks
}

// build reads what Concourse tells a put:
// https://concourse-ci.org/implementing-resource-types.html#resource-metadata
func build() Build {
	b := Build{ID: os.Getenv("BUILD_ID"), Status: os.Getenv("BUILD_STATUS")}
	vars := instance(os.Getenv("BUILD_PIPELINE_INSTANCE_VARS"))
	b.Name, b.Link = b.name(vars), cmp.Or(os.Getenv("BUILD_URL"), b.link(vars))
	if len(vars) > 0 { // Concourse 8.0.0 tells a wrong one of an instanced pipeline
		b.Link = cmp.Or(b.link(vars), b.Link)
	}
	return b
}

// maxLink is the length in bytes above which a build is linked to by its ID alone, which Concourse leads on from:
// instance vars may be long, and a message's room is not.
const maxLink = 400

func (b Build) name(vars []pair) string {
	if os.Getenv("BUILD_JOB_NAME") == "" {
		return b.ID // a build of fly execute belongs to no job
	}
	parts := []string{os.Getenv("BUILD_PIPELINE_NAME")}
	for _, v := range vars {
		parts = append(parts, v.key+":"+strings.Trim(v.value, `"`))
	}
	return strings.Join(parts, "/") + "/" + os.Getenv("BUILD_JOB_NAME") + " #" + os.Getenv("BUILD_NAME")
}

// link makes the address that Concourse before 8.0 does not tell.
func (b Build) link(vars []pair) string {
	base := strings.TrimRight(os.Getenv("ATC_EXTERNAL_URL"), "/")
	short := base + "/builds/" + url.PathEscape(b.ID)
	switch {
	case base == "" || b.ID == "":
		return ""
	case os.Getenv("BUILD_JOB_NAME") == "":
		return short
	}
	page := base
	for _, part := range []string{"team", "pipeline", "job"} {
		page += "/" + part + "s/" + url.PathEscape(os.Getenv("BUILD_"+strings.ToUpper(part)+"_NAME"))
	}
	page += "/builds/" + url.PathEscape(os.Getenv("BUILD_NAME"))
	query := url.Values{}
	for _, v := range vars {
		query.Set("vars."+v.key, v.value)
	}
	if len(query) > 0 {
		page += "?" + query.Encode()
	}
	if len(page) > maxLink {
		return short
	}
	return page
}

// pair is an instance var: its path, and its value as JSON.
type pair struct{ key, value string }

// instance flattens the variables of an instanced pipeline as Concourse's own addresses have them.
func instance(document string) []pair {
	var vars map[string]any
	if json.Unmarshal([]byte(document), &vars) != nil {
		return nil
	}
	return flatten("", vars)
}

func flatten(path string, vars map[string]any) (pairs []pair) {
	for _, name := range slices.Sorted(maps.Keys(vars)) {
		key := path + segment(name)
		if inner, ok := vars[name].(map[string]any); ok {
			pairs = append(pairs, flatten(key+".", inner)...)
			continue
		}
		value, _ := json.Marshal(vars[name])
		pairs = append(pairs, pair{key, string(value)})
	}
	return pairs
}

// segment quotes a name where Concourse would (atc's vars.Reference).
func segment(name string) string {
	if strings.ContainsAny(name, ",.:/ ") {
		return fmt.Sprintf("%q", name)
	}
	return name
}
