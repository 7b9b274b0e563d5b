package alertmanager

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"time"

	"github.com/go-openapi/strfmt"
	"github.com/prometheus/alertmanager/api/v2/models"
)

func (s *Server) metrics(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	loaded := 1
	if s.world.Rejected {
		loaded = 0
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	fmt.Fprintf(w, "# HELP alertmanager_config_last_reload_successful Whether the last configuration reload attempt was successful.\n"+
		"# TYPE alertmanager_config_last_reload_successful gauge\nalertmanager_config_last_reload_successful %d\n", loaded)
}

func (s *Server) status(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	text, uptime := "route:\n  receiver: notifications\n", strfmt.DateTime(s.world.Started)
	name, address := "01STANDIN", "127.0.0.1:9094"
	peers := []*models.PeerStatus{{Name: &name, Address: &address}}
	if s.world.Cluster == "disabled" {
		peers = []*models.PeerStatus{}
	}
	say(w, http.StatusOK, models.AlertmanagerStatus{
		Cluster: &models.ClusterStatus{Status: &s.world.Cluster, Name: name, Peers: peers}, Uptime: &uptime,
		Config:      &models.AlertmanagerConfig{Original: &text},
		VersionInfo: &models.VersionInfo{Version: &s.world.Version, Branch: &name, BuildDate: &name, BuildUser: &name, GoVersion: &name, Revision: &name},
	})
}

func (s *Server) receivers(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := []models.Receiver{}
	for _, r := range s.world.Receivers {
		all = append(all, models.Receiver{Name: &r.Name})
	}
	say(w, http.StatusOK, all)
}

var filter = regexp.MustCompile(`^([a-z_]+)="(.*)"$`)

// alerts takes filters by equality alone.
func (s *Server) alerts(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := models.GettableAlerts{}
next:
	for _, a := range s.world.Alerts {
		if a.posted && time.Now().After(a.ends) {
			continue
		}
		for _, text := range r.URL.Query()["filter"] {
			parts := filter.FindStringSubmatch(text)
			if parts == nil {
				say(w, http.StatusBadRequest, "bad matcher format: "+text)
				return
			}
			if a.Labels[parts[1]] != parts[2] {
				continue next
			}
		}
		all = append(all, s.world.show(a))
	}
	if s.world.Version != "0.25.0" {
		say(w, http.StatusOK, all)
		return
	}
	text, _ := json.Marshal(all)
	say(w, http.StatusOK, json.RawMessage(mutedBy.ReplaceAll(text, nil)))
}

var mutedBy = regexp.MustCompile(`"mutedBy":\[[^\]]*\],`)

func (w *World) show(a Alert) *models.GettableAlert {
	starts, ends, updated := strfmt.DateTime(a.Since), strfmt.DateTime(time.Now().Add(4*time.Minute)), strfmt.DateTime(time.Now())
	state, fingerprint := models.AlertStatusStateActive, fingerprint(a.Labels)
	silencedBy := []string{}
	if w.expressions == nil {
		w.expressions = map[string]*regexp.Regexp{}
	}
	for _, s := range w.Silences {
		if s.matches(a.Labels, w.expressions) {
			silencedBy = append(silencedBy, s.ID)
		}
	}
	if len(silencedBy)+len(a.InhibitedBy)+len(a.MutedBy) > 0 {
		state = models.AlertStatusStateSuppressed
	}
	var receivers []*models.ReceiverReference
	for _, name := range w.route(a.Labels) {
		receivers = append(receivers, &models.ReceiverReference{Name: &name})
	}
	return &models.GettableAlert{
		Alert: models.Alert{Labels: a.Labels, GeneratorURL: strfmt.URI(a.Source)}, Annotations: a.Annotations, Fingerprint: &fingerprint,
		StartsAt: &starts, EndsAt: &ends, UpdatedAt: &updated, Receivers: receivers,
		Status: &models.AlertStatus{State: &state, SilencedBy: silencedBy, InhibitedBy: slices.Clip(append([]string{}, a.InhibitedBy...)), MutedBy: append([]string{}, a.MutedBy...)},
	}
}

func (w *World) route(l models.LabelSet) []string {
	if l["alertname"] == "DailyChecklistCanary" {
		return w.Canary
	}
	return []string{w.Receivers[0].Name}
}

func fingerprint(l models.LabelSet) string {
	hash := fnv.New64a()
	for _, name := range slices.Sorted(maps.Keys(l)) {
		fmt.Fprintf(hash, "%s\xff%s\xff", name, l[name])
	}
	return fmt.Sprintf("%016x", hash.Sum64())
}

func (s Silence) matches(l models.LabelSet, compiled map[string]*regexp.Regexp) bool {
	for name, pattern := range s.Matchers {
		if compiled[pattern] == nil {
			compiled[pattern] = regexp.MustCompile("^(?:" + pattern + ")$")
		}
		if !compiled[pattern].MatchString(l[name]) {
			return false
		}
	}
	return true
}

func (s *Server) silences(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := models.GettableSilences{}
	for _, one := range s.world.Silences {
		starts, ends, updated := strfmt.DateTime(one.Starts), strfmt.DateTime(one.Ends), strfmt.DateTime(one.Starts)
		state, yes := models.SilenceStatusStateActive, true
		matchers := models.Matchers{}
		for _, name := range slices.Sorted(maps.Keys(one.Matchers)) {
			pattern := one.Matchers[name]
			isRegexp := regexp.QuoteMeta(pattern) != pattern
			matchers = append(matchers, &models.Matcher{Name: &name, Value: &pattern, IsRegex: &isRegexp, IsEqual: &yes})
		}
		all = append(all, &models.GettableSilence{ID: &one.ID, Status: &models.SilenceStatus{State: &state}, UpdatedAt: &updated,
			Silence: models.Silence{StartsAt: &starts, EndsAt: &ends, CreatedBy: &one.Author, Comment: &one.Comment, Matchers: matchers}})
	}
	say(w, http.StatusOK, all)
}
