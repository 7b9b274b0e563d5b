package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/resource/contract"
	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

func TestMain(m *testing.M) { contract.Main(m, "evidence", main) }

// server is an S3 server with one empty bucket.
type server struct {
	fault.Gate
	*httptest.Server
	source
}

const secret = "s3cr3t-key-planted"

func serve() (*server, error) {
	backend := s3mem.New()
	s := new(server)
	s.Server = httptest.NewServer(s.Wrap(gofakes3.New(backend).Server()))
	s.source = source{Bucket: "evidence", Scope: "production", Check: "stemcells", Endpoint: s.URL,
		AccessKeyID: fetch.NewSecret("AKIDPLANTED"), SecretAccessKey: fetch.NewSecret(secret)}
	return s, backend.CreateBucket("evidence")
}

// at is JSON of the source with another address.
func at(base string) string {
	text, _ := json.Marshal(map[string]string{"bucket": "evidence", "scope": "production", "check": "stemcells",
		"endpoint": base, "access_key_id": "AKIDPLANTED", "secret_access_key": secret})
	return string(text)
}

func TestContract(t *testing.T) {
	s, err := serve()
	require.NoError(t, err)
	defer s.Close()
	contract.Test(t, contract.Resource{
		Source:  at(s.URL),
		At:      at,
		Secret:  secret,
		Params:  `{"report":"clean.json"}`,
		Inputs:  "../../internal/render/testdata",
		Version: `{"key":"production/stemcells/2020-01-01/000000Z-1/report.json"}`,
		Gone:    true,
	})
}

func TestPage(t *testing.T) {
	contract.Page(t, "../../docs/resources/evidence.md", source{}, params{})
}

func TestScripts(t *testing.T) {
	reports, err := filepath.Abs("../../internal/render/testdata")
	require.NoError(t, err)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			s, err := serve()
			e.Defer(s.Close)
			e.Values["s3"] = s
			e.Setenv("REPORTS", reports)
			e.Setenv("ENDPOINT", s.URL)
			e.Setenv("SECRET", secret)
			e.Setenv("AWS_EC2_METADATA_DISABLED", "true")
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"request": request, "objects": objects, "remove": remove, "answer": answer,
		},
	})
}

func of(ts *testscript.TestScript) *server { return ts.Value("s3").(*server) }

func (s *server) client() bucket {
	b, err := s.source.open(context.Background())
	if err != nil {
		panic(err)
	}
	return b
}

// request FILE: fill in the environment's variables.
func request(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(os.Expand(ts.ReadFile(args[0]), ts.Getenv)), 0o600))
}

// objects FOLDER: copy the bucket's objects into a folder, all of them into FOLDER.all, and their keys with their status
// into FOLDER.list.
func objects(ts *testscript.TestScript, _ bool, args []string) {
	b, ctx := of(ts).client(), context.Background()
	listed, err := b.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &b.Bucket})
	ts.Check(err)
	var keys []string
	var all []byte
	for _, object := range listed.Contents {
		got, err := b.GetObject(ctx, &s3.GetObjectInput{Bucket: &b.Bucket, Key: object.Key})
		ts.Check(err)
		body, err := io.ReadAll(got.Body)
		ts.Check(err)
		path := filepath.Join(ts.MkAbs(args[0]), *object.Key)
		ts.Check(os.MkdirAll(filepath.Dir(path), 0o700))
		ts.Check(os.WriteFile(path, body, 0o600))
		keys, all = append(keys, *object.Key+" "+got.Metadata["status"]), append(all, body...)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+".all"), all, 0o600))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+".list"), []byte(strings.Join(keys, "\n")+"\n"), 0o600))
}

// remove KEY: as a bucket's own expiry does.
func remove(ts *testscript.TestScript, _ bool, args []string) {
	b := of(ts).client()
	_, err := b.DeleteObject(context.Background(), &s3.DeleteObjectInput{Bucket: &b.Bucket, Key: aws.String(args[0])})
	ts.Check(err)
}

// answer PATTERN STATUS BODY: let the server misbehave for good; without arguments, heal it.
func answer(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) == 0 {
		of(ts).Heal()
		return
	}
	status, err := strconv.Atoi(args[1])
	ts.Check(err)
	of(ts).Inject(fault.Fault{Path: args[0], Do: fault.Answer(status, args[2], "Content-Type", "application/xml")})
}

// TestAssumesRole reaches the bucket by a role, whose credentials are those of another account.
func TestAssumesRole(t *testing.T) {
	s, err := serve()
	require.NoError(t, err)
	defer s.Close()
	world := cloud.Morning(time.Now())
	world.Accounts = append(world.Accounts, cloud.Account{ID: "444455556666", Partition: "aws-us-gov", Roles: []cloud.Role{{Name: "evidence", Trusts: []string{cloud.Production}}}})
	aws := cloud.New(world)
	defer aws.Close()
	for _, pair := range aws.Env(cloud.Production, "checklist") {
		name, value, _ := strings.Cut(pair, "=")
		t.Setenv(name, value)
	}
	by := source{Bucket: "evidence", Scope: "production", Check: "stemcells", Endpoint: s.URL, RoleARN: "arn:aws-us-gov:iam::444455556666:role/evidence"}
	b, err := by.open(t.Context())
	require.NoError(t, err)
	_, err = b.reports(t.Context(), "")
	require.NoError(t, err)
	require.Equal(t, 1, aws.Count(cloud.Call{Operation: "sts:AssumeRole"}))
	used, err := b.Options().Credentials.Retrieve(t.Context())
	require.NoError(t, err)
	require.Equal(t, "444455556666", used.AccountID)
	require.NotEmpty(t, used.SessionToken)

	by.RoleARN = "arn:aws-us-gov:iam::444455556666:role/other"
	b, err = by.open(t.Context())
	require.NoError(t, err)
	_, err = b.reports(t.Context(), "")
	require.ErrorContains(t, err, "AccessDenied")
}

// TestListsAllPages: more reports than one page of a listing holds.
func TestListsAllPages(t *testing.T) {
	s, err := serve()
	require.NoError(t, err)
	defer s.Close()
	b := s.client()
	const days = 1300
	var want []string
	for day := range days {
		key := b.root() + strings.Join([]string{"2024-01-01", strconv.Itoa(100000+day) + "Z-7", file}, "/")
		want = append(want, key)
		require.NoError(t, b.write(t.Context(), key, "application/json", []byte("{}"), nil))
	}
	keys, err := b.reports(t.Context(), "")
	require.NoError(t, err)
	require.Equal(t, want, keys)
	require.Equal(t, 2, s.Count("GET /evidence"))
	keys, err = b.reports(t.Context(), folder(want[100]))
	require.NoError(t, err)
	require.Equal(t, want[100:], keys)
}
