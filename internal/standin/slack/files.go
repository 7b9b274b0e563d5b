package slack

import (
	"cmp"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
)

// File is one that was uploaded.
type File struct {
	ID, Name, Title string
	Content         string
	length          int
}

// beginUpload is the first of three calls: https://docs.slack.dev/reference/methods/files.getUploadURLExternal
func (s *Server) beginUpload(w http.ResponseWriter, r *http.Request) {
	length, err := strconv.Atoi(r.PostFormValue("length"))
	if r.PostFormValue("filename") == "" || err != nil || length <= 0 {
		refuse(w, "invalid_arguments")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	id := "F0STANDIN" + strconv.Itoa(len(s.uploads)+1)
	s.uploads = append(s.uploads, File{ID: id, Name: r.PostFormValue("filename"), length: length})
	say(w, map[string]any{"ok": true, "upload_url": s.URL() + "/upload/" + id, "file_id": id})
}

// upload takes the content, and answers in words.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) {
	form, _, err := r.FormFile("file")
	if err != nil {
		http.Error(w, "no file", http.StatusBadRequest)
		return
	}
	defer form.Close()
	content, err := io.ReadAll(form)
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.uploaded(r.PathValue("file"))
	if err != nil || f == nil || len(content) != f.length {
		http.Error(w, "not the file that was announced", http.StatusBadRequest)
		return
	}
	f.Content = string(content)
	_, _ = io.WriteString(w, "OK - "+strconv.Itoa(len(content)))
}

// completeUpload shares files, in a channel or in a thread: https://docs.slack.dev/reference/methods/files.completeUploadExternal
func (s *Server) completeUpload(w http.ResponseWriter, r *http.Request) {
	channel, refusal := join(r.PostFormValue("channel_id"))
	if channel != r.PostFormValue("channel_id") {
		refusal = "channel_not_found"
	}
	files, unknown := s.complete(r.PostFormValue("files"))
	if refusal = cmp.Or(refusal, unknown); refusal != "" {
		refuse(w, refusal)
		return
	}
	p := payload{Thread: r.PostFormValue("thread_ts"), Text: r.PostFormValue("initial_comment"), files: files}
	if _, refusal := s.keep(p, channel, "bot"); refusal != "" {
		refuse(w, refusal)
		return
	}
	var told []map[string]string
	for _, f := range files {
		told = append(told, map[string]string{"id": f.ID, "title": f.Title})
	}
	say(w, map[string]any{"ok": true, "files": told})
}

// complete finds the files of a list, all of which must have come.
func (s *Server) complete(list string) (files []File, refusal string) {
	var asked []struct{ ID, Title string }
	if json.Unmarshal([]byte(list), &asked) != nil || len(asked) == 0 {
		return nil, "invalid_arguments"
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range asked {
		f := s.uploaded(a.ID)
		if f == nil || f.Content == "" {
			return nil, "file_not_found"
		}
		f.Title = a.Title
		files = append(files, *f)
	}
	return files, ""
}

// uploaded is called with the lock.
func (s *Server) uploaded(id string) *File {
	i := slices.IndexFunc(s.uploads, func(f File) bool { return f.ID == id })
	if i < 0 {
		return nil
	}
	return &s.uploads[i]
}
