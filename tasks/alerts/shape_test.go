//go:build sandbox

package main

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/go-openapi/strfmt"
	"github.com/prometheus/alertmanager/api/v2/client/silence"
	"github.com/prometheus/alertmanager/api/v2/models"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/sandbox/monitoring"
	"github.com/cloud-gov/platform-checklist/internal/standin/alertmanager"
)

// TestStandInSaysWhatAlertmanagerSays holds the stand-in's answers against those of the real servers, key by key.
func TestStandInSaysWhatAlertmanagerSays(t *testing.T) {
	later, err := monitoring.LaterAlertmanager(t.Context())
	require.NoError(t, err)
	for version, program := range map[string]string{"0.25.0": monitoring.DebianAlertmanager, "0.31.1": later} {
		folder := t.TempDir()
		am, err := monitoring.Alertmanager(t.Context(), "127.0.0.1", program, folder, "route: {receiver: notifications}\nreceivers: [{name: notifications}]\n")
		require.NoError(t, err)
		defer am.Stop()
		stock(t, am.URL)
		world := alertmanager.Morning(time.Now())
		world.Version, world.Cluster = version, "disabled"
		for i := range world.Alerts {
			world.Alerts[i].Source, world.Alerts[i].Annotations = "http://a", models.LabelSet{"summary": "a"}
		}
		standin := alertmanager.New(world)
		defer standin.Close()
		for _, page := range []string{"alerts", "silences", "receivers", "status"} {
			honest, said := keys(t, am.URL+"/api/v2/"+page), keys(t, standin.URL()+"/api/v2/"+page)
			delete(said, ".cluster.name") // a cluster that is disabled has none
			require.Equal(t, honest, said, "%s %s", version, page)
		}
	}
}

func stock(t *testing.T, url string) {
	am := (&config{Alertmanager: server{URL: url}, RequestTimeout: 10 * time.Second}).alertmanager()
	require.NoError(t, am.post(t.Context(), &models.PostableAlert{
		Alert: models.Alert{Labels: models.LabelSet{"alertname": "A"}, GeneratorURL: "http://a"}, Annotations: models.LabelSet{"summary": "a"},
		StartsAt: strfmt.DateTime(time.Now()), EndsAt: strfmt.DateTime(time.Now().Add(time.Hour)),
	}))
	starts, ends, yes, word, name := strfmt.DateTime(time.Now()), strfmt.DateTime(time.Now().Add(time.Hour)), true, "A", "alertname"
	_, err := am.api.Silence.PostSilences(silence.NewPostSilencesParams().WithSilence(&models.PostableSilence{Silence: models.Silence{
		StartsAt: &starts, EndsAt: &ends, CreatedBy: &word, Comment: &word, Matchers: models.Matchers{{Name: &name, Value: &word, IsRegex: &yes, IsEqual: &yes}}}}))
	require.NoError(t, err)
}

// keys are the paths of an answer's keys and their kinds, labels aside.
func keys(t *testing.T, url string) map[string]string {
	answer, err := http.Get(url)
	require.NoError(t, err)
	defer answer.Body.Close()
	require.Equal(t, http.StatusOK, answer.StatusCode)
	require.Equal(t, "application/json", answer.Header.Get("Content-Type"))
	var value any
	require.NoError(t, json.NewDecoder(answer.Body).Decode(&value))
	found := map[string]string{}
	walk(found, "", value)
	return found
}

func walk(found map[string]string, path string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for key, below := range v {
			if path+"."+key == "[].labels.alertname" || path == "[].labels" {
				continue
			}
			walk(found, path+"."+key, below)
		}
	case []any:
		found[path] = "list"
		for _, below := range v {
			walk(found, path+"[]", below)
		}
	case string:
		found[path] = "text"
	case bool:
		found[path] = "truth"
	case float64:
		found[path] = "number"
	}
}
