package director_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/director"
)

func start(t *testing.T, fleet director.Fleet, options ...director.Option) *director.Server {
	s := director.New(fleet, options...)
	t.Cleanup(s.Close)
	return s
}

// reply is an answer that has been read.
type reply struct {
	status int
	header http.Header
	body   string
}

// asker speaks to a director in plain HTTP, so that a test sees each byte.
type asker struct {
	t             *testing.T
	client        *http.Client
	director      string
	authorization string
}

// anonymous asks without credentials, and stays where a redirect is.
func anonymous(t *testing.T, s *director.Server) asker {
	roots := x509.NewCertPool()
	require.True(t, roots.AppendCertsFromPEM([]byte(s.CA())))
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	t.Cleanup(transport.CloseIdleConnections)
	return asker{t: t, director: s.URL(), client: &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// known asks as the server's own client, with bosh.read.
func known(t *testing.T, s *director.Server) asker {
	a := anonymous(t, s)
	a.authorization = "bearer " + a.token(s.Client, s.Secret)
	return a
}

// scoped asks as a client with these scopes and no others.
func scoped(t *testing.T, s *director.Server, scopes ...string) asker {
	s.Grant("ci", "ci-secret", scopes...)
	a := anonymous(t, s)
	a.authorization = "bearer " + a.token("ci", "ci-secret")
	return a
}

func (a asker) token(client, secret string) string {
	a.t.Helper()
	answer := a.grant(client, secret, "client_credentials")
	require.Equal(a.t, http.StatusOK, answer.status, answer.body)
	var granted struct {
		Token string `json:"access_token"`
	}
	require.NoError(a.t, json.Unmarshal([]byte(answer.body), &granted))
	return granted.Token
}

// grant asks the UAA that /info names.
func (a asker) grant(client, secret, kind string) reply {
	a.t.Helper()
	var info struct {
		Authentication struct {
			Options struct{ URL string }
		} `json:"user_authentication"`
	}
	require.NoError(a.t, json.Unmarshal([]byte(a.get("/info").body), &info))
	body := strings.NewReader(url.Values{"grant_type": {kind}}.Encode())
	request, err := http.NewRequest(http.MethodPost, info.Authentication.Options.URL+"/oauth/token", body)
	require.NoError(a.t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.SetBasicAuth(client, secret)
	return a.do(request)
}

// get asks for a path; headers come in pairs.
func (a asker) get(path string, headers ...string) reply {
	a.t.Helper()
	request, err := http.NewRequest(http.MethodGet, a.director+path, nil)
	require.NoError(a.t, err)
	if a.authorization != "" {
		request.Header.Set("Authorization", a.authorization)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return a.do(request)
}

func (a asker) do(request *http.Request) reply {
	a.t.Helper()
	response, err := a.client.Do(request)
	require.NoError(a.t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(a.t, err)
	return reply{response.StatusCode, response.Header, string(body)}
}

// begin starts a full listing and gives the path of its task.
func (a asker) begin(path string) string {
	a.t.Helper()
	moved := a.get(path + "?format=full")
	require.Equal(a.t, http.StatusFound, moved.status, moved.body)
	task, ok := strings.CutPrefix(moved.header.Get("Location"), a.director)
	require.True(a.t, ok, "the task is where the client is: %s", moved.header.Get("Location"))
	return task
}

// state looks at a task once.
func (a asker) state(task string) string {
	a.t.Helper()
	var now struct{ State string }
	require.NoError(a.t, json.Unmarshal([]byte(a.get(task).body), &now))
	return now.State
}

// finish looks at a task, asked for again and again, until it is over.
func (a asker) finish(task string) string {
	a.t.Helper()
	for {
		if state := a.state(task); state != "queued" && state != "processing" {
			return state
		}
	}
}
