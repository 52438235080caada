// RFC 5849 §3.4.1.3.2: names are encoded as values are, and the base string encodes both again.
// See the name of the first parameter in the signature base string.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"

	"github.com/mrjones/oauth"
)

type nowhere struct{}

func (nowhere) RoundTrip(request *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: 200, Body: http.NoBody, Request: request}, nil
}

func main() {
	consumer := oauth.NewCustomHttpClientConsumer(
		"ck", "cs", oauth.ServiceProvider{}, &http.Client{Transport: nowhere{}})
	client, _ := consumer.MakeHttpClient(&oauth.AccessToken{})

	// The consumer prints the signature base string.
	consumer.Debug(true)
	terminal := os.Stdout
	read, write, _ := os.Pipe()
	os.Stdout = write
	client.Get("http://example.com/?%5B=1")
	write.Close()
	os.Stdout = terminal
	printed, _ := io.ReadAll(read)

	fmt.Println("expected %255B%3D1")
	fmt.Printf("received %s\n", regexp.MustCompile(`Signing: [^&]*&[^&]*&(?:oauth\S*?%26)?(%(?:25)?5B%3D1)`).FindSubmatch(printed)[1])
}
