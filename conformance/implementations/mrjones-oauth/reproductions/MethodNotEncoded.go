// RFC 5849 §3.4.1.1: the method is encoded, and "!" becomes "%21".
// See the first element of the signature base string.
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
	request, _ := http.NewRequest("X!Y", "http://example.com/", nil)
	client.Do(request)
	write.Close()
	os.Stdout = terminal
	printed, _ := io.ReadAll(read)

	fmt.Println("expected X%21Y&http%3A%2F%2Fexample.com%2F")
	fmt.Printf("received %s\n", regexp.MustCompile(`Signing: ([^&]*&[^&]*)&`).FindSubmatch(printed)[1])
}
