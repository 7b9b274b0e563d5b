package scene

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
	"github.com/cloud-gov/platform-checklist/internal/standin/zendesk"
)

// writeVars is the team's vars.yml with the addresses of this sandbox, and the vars of fly execute.
func (s *Scene) writeVars() error {
	text, err := os.ReadFile(filepath.Join(s.root, "pipelines", "example", "vars.yml"))
	if err != nil {
		return err
	}
	vars := map[string]any{}
	if err := yaml.Unmarshal(text, &vars); err != nil {
		return err
	}
	images := map[string]any{}
	for name, image := range s.Images {
		images[name] = map[string]any{"repository": image.Repository, "tag": image.Tag, "insecure": true}
	}
	vars["images"] = images
	vars["checklist"] = map[string]any{"uri": s.GitURI("checklist"), "branch": "main"}
	vars["config"] = map[string]any{"uri": s.GitURI("config"), "branch": "main"}
	vars["slack"] = map[string]any{"url": s.Slack.WebhookURL()}
	vars["worker_tags"] = []string{}
	vars["bosh_io_url"] = s.BoshIO.URL()
	overlay(vars, "evidence", map[string]any{
		"bucket": Bucket, "region": s.S3.Region, "endpoint": s.S3.Endpoint,
		"access_key_id": s.S3.AccessKey, "secret_access_key": s.S3.SecretKey,
	})
	overlay(vars, "bosh", map[string]any{
		"environment": s.Director.URL(), "client": s.Director.Client, "client_secret": s.Director.Secret, "ca_cert": s.Director.CA(),
	})
	overlay(vars, "aws", s.awsVars())
	overlay(vars, "alertmanager", map[string]any{"url": s.monitors.alertmanager.URL, "username": "", "password": ""})
	overlay(vars, "prometheus", map[string]any{"url": s.monitors.prometheus.URL, "username": "", "password": ""})
	overlay(vars, "notifications", map[string]any{"token": slack.Token, "channel": slack.Channel, "api_url": s.Slack.APIURL()})
	overlay(vars, "zendesk", map[string]any{"desk": Environment, "url": s.Zendesk.URL(), "oauth_token": zendesk.OAuthToken})
	if text, err = yaml.Marshal(vars); err != nil {
		return err
	}
	return os.WriteFile(s.vars(), text, 0o600)
}

func (s *Scene) awsVars() map[string]any {
	env := map[string]string{}
	for _, setting := range s.AWS.Env(cloud.Production, "checklist") {
		key, value, _ := strings.Cut(setting, "=")
		env[key] = value
	}
	return map[string]any{
		"region": env["AWS_REGION"], "access_key_id": env["AWS_ACCESS_KEY_ID"], "secret_access_key": env["AWS_SECRET_ACCESS_KEY"],
		"endpoint_url": env["AWS_ENDPOINT_URL"], "use_fips_endpoint": "", "account_ids": cloud.Production,
	}
}

func overlay(vars map[string]any, key string, values map[string]any) {
	inner, ok := vars[key].(map[string]any)
	if !ok {
		inner = map[string]any{}
		vars[key] = inner
	}
	for k, v := range values {
		inner[k] = v
	}
}

func (s *Scene) vars() string { return filepath.Join(s.folder, "vars.yml") }

// Job names the job of a line, as fly does.
func (s *Scene) Job(line string) string { return s.Pipeline(line) + "/" + line }

// Pipeline names the instance of a line, as fly does.
func (s *Scene) Pipeline(line string) string {
	return "checklist/environment:" + Environment + ",line:" + line
}

// Set sets a line's pipeline as the README says, and unpauses it.
func (s *Scene) Set(ctx context.Context, line string) error {
	_, err := s.Fly(ctx, "set-pipeline", "-n", "-p", "checklist", "--instance-var", "line="+line, "--instance-var", "environment="+Environment,
		"-c", filepath.Join(s.root, "pipelines", line+".yml"), "-l", s.vars())
	if err != nil {
		return err
	}
	_, err = s.Fly(ctx, "unpause-pipeline", "-p", s.Pipeline(line))
	return err
}
