package concourse

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/concourse/concourse/atc"
)

func (s *Server) info(w http.ResponseWriter, _ *http.Request) {
	write(w, atc.Info{Version: s.world.Version, ExternalURL: s.URL()})
}

func (s *Server) user(w http.ResponseWriter, r *http.Request) {
	u, _ := s.who(r)
	write(w, atc.UserInfo{UserName: u.Name, UserId: u.Name, Connector: "local", DisplayUserId: u.Name, IsAdmin: u.Admin, Teams: u.Roles})
}

func (s *Server) teams(w http.ResponseWriter, r *http.Request) {
	u, _ := s.who(r)
	teams := []atc.Team{}
	for _, p := range s.world.Pipelines {
		if u.sees(p.TeamName) && !slices.ContainsFunc(teams, func(t atc.Team) bool { return t.Name == p.TeamName }) {
			teams = append(teams, atc.Team{ID: len(teams) + 1, Name: p.TeamName})
		}
	}
	write(w, teams)
}

// pipelines lists those of a team, to strangers the public ones: that is no error.
// https://github.com/concourse/concourse/blob/master/atc/api/pipelineserver/list.go
func (s *Server) pipelines(w http.ResponseWriter, r *http.Request) {
	u, given := s.who(r)
	if given && u == nil {
		http.Error(w, "not authorized", http.StatusUnauthorized)
		return
	}
	team, all := r.PathValue("team"), []atc.Pipeline{}
	for _, p := range s.world.Pipelines {
		if p.TeamName == team && (p.Public || u.sees(team)) {
			all = append(all, p.Pipeline)
		}
	}
	write(w, all)
}

func (s *Server) jobs(w http.ResponseWriter, _ *http.Request, p *Pipeline) {
	all := []atc.JobSummary{}
	for _, j := range p.Jobs {
		all = append(all, j.summary(p))
	}
	write(w, all)
}

func (s *Server) resources(w http.ResponseWriter, _ *http.Request, p *Pipeline) {
	write(w, append([]atc.Resource{}, p.Resources...))
}

// builds gives one page of a job's builds, as Concourse cuts them: by the builds' IDs, though they are sorted by what a
// rerun repeats. https://github.com/concourse/concourse/blob/master/atc/db/build_factory.go getBuildsWithPagination
func (s *Server) builds(w http.ResponseWriter, r *http.Request, p *Pipeline) {
	j := p.Job(r.PathValue("job"))
	if j == nil {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	query := r.URL.Query()
	limit, _ := strconv.Atoi(query.Get("limit"))
	if limit == 0 {
		limit = atc.PaginationAPIDefaultLimit
	}
	to, _ := strconv.Atoi(query.Get("to"))
	page, older := []atc.Build{}, 0
	for _, b := range j.sorted() {
		if to != 0 && b.ID > to {
			continue
		}
		if len(page) < limit {
			page = append(page, b)
		}
	}
	if len(page) > 0 {
		i := slices.IndexFunc(j.Builds, func(b atc.Build) bool { return b.ID < page[len(page)-1].ID })
		if i >= 0 {
			older = j.Builds[i].ID
		}
	}
	if older > 0 {
		next := url.Values{"to": {strconv.Itoa(older)}, "limit": {strconv.Itoa(limit)}}
		for key, values := range p.Ref().QueryParams() {
			next[key] = values
		}
		w.Header().Add("Link", fmt.Sprintf(`<%s%s?%s>; rel="next"`, s.URL(), r.URL.Path, next.Encode()))
	}
	for i := range page {
		b := &page[i]
		b.TeamName, b.JobName, b.PipelineID, b.PipelineName, b.PipelineInstanceVars = p.TeamName, j.Name, p.ID, p.Name, p.InstanceVars
		b.APIURL = fmt.Sprintf("/api/v1/builds/%d", b.ID)
	}
	write(w, page)
}
