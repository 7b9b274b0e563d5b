package cloud

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
)

// sealer makes tokens that say where a list goes on, which nobody else can make
// and which hold only for the request that they were made for.
type sealer struct{ key []byte }

func newSealer() sealer {
	key := make([]byte, sha256.Size)
	_, _ = rand.Read(key)
	return sealer{key}
}

// token seals a position in the answer to the request that is told by bound.
func (s sealer) token(position any, bound ...string) string {
	text, err := json.Marshal(position)
	if err != nil {
		panic(err) // positions are ours
	}
	return base64.RawURLEncoding.EncodeToString(append(s.sum(text, bound), text...))
}

// open gives the position back, if the token is one of ours for this request.
func (s sealer) open(token string, position any, bound ...string) bool {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) < sha256.Size {
		return false
	}
	sum, text := raw[:sha256.Size], raw[sha256.Size:]
	return hmac.Equal(sum, s.sum(text, bound)) && json.Unmarshal(text, position) == nil
}

func (s sealer) sum(text []byte, bound []string) []byte {
	mac := hmac.New(sha256.New, s.key)
	mac.Write(text)
	mac.Write([]byte("\x00" + strings.Join(bound, "\x00")))
	return mac.Sum(nil)
}

// page is how every IAM list ends.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html
type page struct {
	IsTruncated bool
	Marker      string `xml:",omitempty"`
}

const defaultItems, mostItems = 100, 1000

// cut takes the page of all that the request asks for: MaxItems from Marker on.
func cut[T any](s *Server, r *request, all []T) (list[T], page, error) {
	items, err := r.params.number("MaxItems", defaultItems, 1, mostItems)
	if err != nil {
		return list[T]{}, page{}, err
	}
	bound := []string{r.account.ID, r.operation, r.params["UserName"], r.params["PathPrefix"], r.params["AssignmentStatus"]}
	from := 0
	if marker, ok := r.params["Marker"]; ok && !s.seal.open(marker, &from, bound...) {
		return list[T]{}, page{}, invalid("Invalid Marker.")
	}
	from = min(from, len(all))
	to := min(from+items, len(all))
	if to == len(all) {
		return list[T]{all[from:]}, page{}, nil
	}
	return list[T]{all[from:to]}, page{IsTruncated: true, Marker: s.seal.token(to, bound...)}, nil
}
