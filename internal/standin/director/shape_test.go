package director_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/director"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// small is a fleet with one of each.
func small() director.Fleet {
	noble := director.Noble("1.484")
	made := time.Date(2026, 7, 27, 14, 0, 0, 0, time.UTC)
	return director.Fleet{
		Name: "small-bosh", UUID: "u-1",
		Deployments: []director.Deployment{
			{
				Name: "mail", Teams: []string{"squad"}, Stemcells: []director.Stemcell{noble},
				Instances: []director.Instance{
					{
						Job: "relay", ID: "r-0", AZ: "z1", Ignore: true,
						VMs: []director.VM{{CID: "i-0", AgentID: "a-0", Created: made, JobState: director.Unresponsive, Stemcell: noble}},
					},
					{Job: "relay", Index: 1, ID: "r-1", AZ: "z2", State: "detached"},
				},
			},
			{Name: "<hidden>"},
		},
		Uploads: []director.Upload{{Stemcell: noble, CID: "ami-1 light"}},
		Orphans: []director.Orphan{{AZ: "z1", CID: "i-9", Deployment: "mail", Instance: "relay/r-9", Since: made}},
		Locks:   []director.Lock{{Type: "deployment", Resource: []string{"mail"}, Task: "7", Expires: made}},
		Events: []director.Event{
			{Time: made, User: "ci", Action: "update", ObjectType: "deployment", ObjectName: "mail", Deployment: "mail", Task: "7", Error: "no room"},
			{Time: made.Add(time.Hour), User: "ci", Action: "start", ObjectType: "worker", ObjectName: "worker_0"},
		},
	}
}

const relay = `{"vm_cid":"i-0","active":true,"vm_created_at":"2026-07-27T14:00:00Z","cloud_properties":{"instance_type":"t3.medium"},` +
	`"disk_cid":null,"disk_cids":[],"ips":[],"agent_id":"a-0","job_name":"relay","index":0,"job_state":"unresponsive agent",` +
	`"state":"started","vm_type":"t3.medium","vitals":null,"processes":[],"az":"z1","id":"r-0","bootstrap":true,"ignore":true,` +
	`"stemcell":{"name":"bosh-aws-xen-hvm-ubuntu-noble","version":"1.484","api_version":3}}` + "\n"

const detached = `{"vm_cid":null,"active":null,"vm_created_at":null,"cloud_properties":{"instance_type":"t3.medium"},` +
	`"disk_cid":null,"disk_cids":[],"ips":[],"agent_id":null,"job_name":"relay","index":1,"job_state":null,` +
	`"state":"detached","vm_type":"t3.medium","vitals":null,"processes":[],"az":"z2","id":"r-1","bootstrap":false,"ignore":false,` +
	`"stemcell":{"name":null,"version":null,"api_version":null}}` + "\n"

func TestAnswersToTheByte(t *testing.T) {
	admin := scoped(t, start(t, small()), "bosh.admin")
	update := `{"id":"1","timestamp":1785160800,"user":"ci","action":"update","object_type":"deployment","object_name":"mail",` +
		`"error":"no room","task":"7","deployment":"mail","context":{}}`
	worker := `{"id":"2","timestamp":1785164400,"user":"ci","action":"start","object_type":"worker","object_name":"worker_0","context":{}}`
	for path, want := range map[string]string{
		"/deployments": `[{"name":"<hidden>","teams":[],"cloud_config":"none","stemcells":[],"releases":[],"locked":false},` +
			`{"name":"mail","teams":["squad"],"cloud_config":"none","stemcells":[{"name":"bosh-aws-xen-hvm-ubuntu-noble","version":"1.484"}],"releases":[],"locked":true}]`,
		"/deployments?exclude_configs=true&exclude_releases=true&exclude_stemcells=true&exclude_lock=true": `[{"name":"<hidden>","teams":[]},{"name":"mail","teams":["squad"]}]`,
		"/stemcells": `[{"name":"bosh-aws-xen-hvm-ubuntu-noble","operating_system":"ubuntu-noble","version":"1.484","cid":"ami-1 light",` +
			`"cpi":"","deployments":[{"name":"mail"}],"api_version":3,"id":1}]`,
		"/deployments/mail": `{"manifest":"--- {name: mail}\n"}`,
		"/deployments/mail/vms": `[{"agent_id":"a-0","cid":"i-0","job":"relay","index":0,"id":"r-0","az":"z1","ips":[],` +
			`"vm_created_at":"2026-07-27T14:00:00Z","active":true,"permanent_nats_credentials":false}]`,
		"/deployments/mail/instances": `[{"agent_id":"a-0","cid":"i-0","job":"relay","index":0,"id":"r-0","az":"z1","ips":[],` +
			`"vm_created_at":"2026-07-27T14:00:00Z","expects_vm":true},` +
			`{"agent_id":null,"cid":null,"job":"relay","index":1,"id":"r-1","az":"z2","ips":[],"vm_created_at":null,"expects_vm":false}]`,
		"/locks":                          `[{"type":"deployment","resource":["mail"],"timeout":"1785160800.000000","task_id":"7"}]`,
		"/orphaned_vms":                   `[{"az":"z1","cid":"i-9","deployment_name":"mail","instance_name":"relay/r-9","ip_addresses":[],"orphaned_at":"2026-07-27 14:00:00 UTC"}]`,
		"/events":                         "[" + worker + "," + update + "]",
		"/events?deployment=mail":         "[" + update + "]",
		"/events?before_id=2":             "[" + update + "]",
		"/events?after_time=1785160800":   "[" + worker + "]",
		"/events?object_type=cloud-check": "[]",
	} {
		answer := admin.get(path)
		require.Equal(t, http.StatusOK, answer.status, path)
		require.Equal(t, want, answer.body, path)
	}
}

func TestListsToTheByte(t *testing.T) {
	ci := known(t, start(t, small()))
	for path, want := range map[string]string{
		"/deployments/mail/vms":         relay,
		"/deployments/mail/instances":   relay + detached,
		"/deployments/%3Chidden%3E/vms": "",
	} {
		task := ci.begin(path)
		require.Equal(t, "done", ci.finish(task))
		require.Equal(t, want, ci.get(task+"/output?type=result").body, path)
	}
}

func TestTaskMovesOneStageALook(t *testing.T) {
	s := start(t, small())
	ci := known(t, s)
	task := ci.begin("/deployments/mail/vms")
	require.Equal(t, http.StatusNoContent, ci.get(task+"/output?type=event").status, "no output yet")
	require.Contains(t, ci.get(task).body, `"state":"queued","description":"retrieve vm-stats","timestamp":null,"started_at":null,"result":null,"user":"checklist","deployment":"mail"`)
	require.Equal(t, "processing", ci.state(task))
	require.Equal(t, "done", ci.state(task))
	require.Contains(t, ci.get(task).body, `"result":"","user":"checklist"`)

	whole := ci.get(task + "/output?type=result")
	require.Equal(t, http.StatusOK, whole.status)
	rest := ci.get(task+"/output?type=result", "Range", "bytes=100-")
	require.Equal(t, http.StatusPartialContent, rest.status)
	require.Equal(t, whole.body[100:], rest.body)
	beyond := ci.get(task+"/output?type=event", "Range", "bytes=0-")
	require.Equal(t, http.StatusRequestedRangeNotSatisfiable, beyond.status)
	require.Equal(t, "bytes */0", beyond.header.Get("Content-Range"))
}

func TestTaskEndsBadly(t *testing.T) {
	s := start(t, small())
	s.Inject(fault.Fault{Path: "/deployments/mail/*", Times: 1, Do: director.TaskEnds("error", "no database")})
	ci := known(t, s)
	task := ci.begin("/deployments/mail/instances")
	require.Equal(t, "error", ci.finish(task))
	require.Contains(t, ci.get(task).body, `"result":"no database"`)
	require.Contains(t, ci.get(task+"/output?type=event").body, `"error":{"code":100,"message":"no database\n"}}`)
	require.Equal(t, relay, ci.get(task+"/output?type=result").body, "half of it is there")
	require.Equal(t, "done", ci.finish(ci.begin("/deployments/mail/instances")), "once")
}

func TestRefuses(t *testing.T) {
	s := start(t, small())
	ci := known(t, s)
	nobody := scoped(t, s)
	member := scoped(t, s, "bosh.teams.squad.read")
	task := ci.begin("/deployments/mail/vms")
	const read = "bosh.admin, bosh.u-1.admin, bosh.read, bosh.u-1.read"
	const team = "bosh.admin, bosh.u-1.admin, bosh.teams.squad.admin, bosh.teams.squad.read, bosh.read, bosh.u-1.read"
	for _, c := range []struct {
		asker  asker
		path   string
		status int
		body   string
	}{
		{anonymous(t, s), "/stemcells", 401, "Not authorized: '/stemcells'\n"},
		{asker{t, ci.client, ci.director, "bearer x"}, "/locks", 401, "Not authorized: '/locks'\n"},
		{nobody, "/deployments", 401, `{"code":600000,"description":"Require one of the scopes: ` + read + `"}`},
		{nobody, "/deployments/mail/vms", 401, `{"code":600000,"description":"Require one of the scopes: ` + team + `"}`},
		{nobody, task, 401, `{"code":600000,"description":"One of the following scopes is required to access this task: ` + team + `"}`},
		{member, "/deployments", 401, `{"code":600000,"description":"Require one of the scopes: ` + read + `"}`},
		{ci, "/orphaned_vms", 401, `{"code":600000,"description":"Require one of the scopes: bosh.admin, bosh.u-1.admin"}`},
		{ci, task + "/output?type=debug", 401, `{"code":600000,"description":"Require one of the scopes: bosh.admin, bosh.u-1.admin"}`},
		{ci, "/deployments/nope/vms", 404, `{"code":70000,"description":"Deployment 'nope' doesn't exist"}`},
		{ci, "/tasks/9", 404, `{"code":10000,"description":"Task 9 not found"}`},
		{ci, "/nope", 404, "Not Found: /nope"},
	} {
		answer := c.asker.get(c.path)
		require.Equal(t, c.status, answer.status, c.path)
		require.Equal(t, c.body, answer.body, c.path)
	}
	require.Equal(t, 200, member.get("/deployments/mail/vms").status)
	require.Equal(t, 401, member.get("/deployments/%3Chidden%3E/vms").status)
}

func TestTeamGetsAShorterList(t *testing.T) {
	member := scoped(t, start(t, small()), "bosh.teams.squad.admin")
	answer := member.get("/deployments")
	require.Equal(t, http.StatusOK, answer.status)
	require.Equal(t, 1, strings.Count(answer.body, `"locked"`))
	require.NotContains(t, answer.body, "hidden")
	require.Contains(t, member.get("/stemcells").body, "noble")
	require.Equal(t, http.StatusUnauthorized, member.get("/locks").status)
}

func TestGrantsTokens(t *testing.T) {
	s := start(t, small(), director.TokenLife(time.Minute))
	ci := known(t, s)
	good := ci.grant(s.Client, s.Secret, "client_credentials")
	require.Equal(t, http.StatusOK, good.status)
	require.Contains(t, good.body, `"scope":"bosh.read","token_type":"bearer"`)
	require.Contains(t, good.body, `"expires_in":59`)
	require.Equal(t, http.StatusUnauthorized, ci.grant(s.Client, "wrong", "client_credentials").status)
	require.Equal(t, http.StatusBadRequest, ci.grant(s.Client, s.Secret, "password").status)

	require.Equal(t, http.StatusOK, ci.get("/locks").status)
	s.ExpireTokens()
	require.Equal(t, http.StatusUnauthorized, ci.get("/locks").status)
	require.Equal(t, 4, s.Count("POST /oauth/token"))
}

func TestTokensRunOut(t *testing.T) {
	ci := known(t, start(t, small(), director.TokenLife(200*time.Millisecond)))
	require.Eventually(t, func() bool { return ci.get("/locks").status == http.StatusUnauthorized }, time.Minute, 10*time.Millisecond)
}
