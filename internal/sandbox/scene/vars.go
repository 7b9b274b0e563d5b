package scene

import (
	"maps"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
	"github.com/cloud-gov/platform-checklist/internal/standin/nessus"
	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
	"github.com/cloud-gov/platform-checklist/internal/standin/zendesk"
)

// Vars are those of a team, for one environment. A test may change them before it sets a pipeline.
type Vars map[string]any

// vars is the example's vars.yml with the addresses of this sandbox.
func (s *Scene) vars(environment string) (Vars, error) {
	text, err := os.ReadFile(filepath.Join(s.root, "pipelines", "example", "vars.yml"))
	if err != nil {
		return nil, err
	}
	vars := Vars{}
	if err := yaml.Unmarshal(text, &vars); err != nil {
		return nil, err
	}
	images := map[string]any{}
	for name, image := range s.Images {
		images[name] = map[string]any{"repository": image.Repository, "tag": image.Tag, "insecure": true}
	}
	vars["environment"] = environment
	vars["images"] = images
	vars["checklist"] = map[string]any{"uri": s.GitURI("checklist"), "branch": "main"}
	vars["config"] = map[string]any{"uri": s.GitURI("config"), "branch": "main"}
	vars["slack"] = map[string]any{"url": s.Slack.WebhookURL()}
	vars["worker_tags"] = []string{}
	vars["bosh_io_url"] = s.BoshIO.URL()
	vars.overlay("evidence", map[string]any{
		"bucket": Bucket, "region": s.S3.Region, "endpoint": s.S3.Endpoint,
		"access_key_id": s.S3.AccessKey, "secret_access_key": s.S3.SecretKey,
	})
	vars.overlay("bosh", map[string]any{
		"environment": s.Director.URL(), "client": s.Director.Client, "client_secret": s.Director.Secret, "ca_cert": s.Director.CA(),
	})
	vars.In(s.AWS)
	vars.overlay("alertmanager", map[string]any{"url": s.monitors.alertmanager.URL, "username": "", "password": ""})
	vars.overlay("prometheus", map[string]any{"url": s.monitors.prometheus.URL, "username": "", "password": ""})
	vars.overlay("notifications", map[string]any{"token": slack.Token, "channel": slack.Channel, "api_url": s.Slack.APIURL()})
	vars.overlay("zendesk", map[string]any{"desk": environment, "url": s.Zendesk.URL(), "oauth_token": zendesk.OAuthToken})
	vars.overlay("nessus", map[string]any{
		"url": s.Nessus.URL(), "access_key": nessus.AccessKey, "secret_key": nessus.SecretKey, "ca_cert": s.Nessus.CA(),
	})
	for parameter, address := range s.Feeds.Params() {
		vars.overlay("advisories", map[string]any{strings.ToLower(parameter): address})
	}
	return vars, nil
}

// In sets the AWS that is looked at.
func (v Vars) In(aws *cloud.Server) {
	env := map[string]string{}
	for _, setting := range aws.Env(cloud.Production, "checklist") {
		key, value, _ := strings.Cut(setting, "=")
		env[key] = value
	}
	v.overlay("aws", map[string]any{
		"region": env["AWS_REGION"], "access_key_id": env["AWS_ACCESS_KEY_ID"], "secret_access_key": env["AWS_SECRET_ACCESS_KEY"],
		"endpoint_url": env["AWS_ENDPOINT_URL"], "use_fips_endpoint": "", "account_ids": cloud.Production,
	})
}

func (v Vars) overlay(key string, values map[string]any) {
	inner, ok := v[key].(Vars)
	if !ok {
		inner = Vars{}
		v[key] = inner
	}
	maps.Copy(inner, values)
}
