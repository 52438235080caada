import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import oauth.signpost.OAuth;
import oauth.signpost.OAuthConsumer;
import oauth.signpost.basic.DefaultOAuthConsumer;
import oauth.signpost.http.HttpParameters;
import oauth.signpost.http.HttpRequest;
import oauth.signpost.signature.HmacSha1MessageSigner;
import oauth.signpost.signature.PlainTextMessageSigner;
import oauth.signpost.signature.SignatureBaseString;

final class Adapter {
  /** A request in signpost's own form, which every HTTP library is adapted to. */
  private static final class Request implements HttpRequest {
    final Map<String, String> headers = new HashMap<>();
    final String method;
    final byte[] payload;
    String url;

    Request(Protocol.Asked asked) {
      method = asked.method;
      url = asked.url;
      if (asked.form != null) {
        headers.put("Content-Type", OAuth.FORM_ENCODED);
        payload = formEncode(asked.form).getBytes(StandardCharsets.UTF_8);
      } else {
        payload = asked.body == null ? null : Base64.getDecoder().decode(asked.body);
      }
    }

    public String getMethod() {
      return method;
    }

    public String getRequestUrl() {
      return url;
    }

    public void setRequestUrl(String url) {
      this.url = url;
    }

    public void setHeader(String name, String value) {
      headers.put(name, value);
    }

    public String getHeader(String name) {
      return headers.get(name);
    }

    public Map<String, String> getAllHeaders() {
      return headers;
    }

    public InputStream getMessagePayload() {
      return payload == null ? null : new ByteArrayInputStream(payload);
    }

    public String getContentType() {
      return headers.get("Content-Type");
    }

    public Object unwrap() {
      return this;
    }
  }

  private static String formEncode(List<List<String>> form) {
    return form.stream()
        .map(pair -> encode(pair.get(0)) + "=" + encode(pair.get(1)))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, String> percentEncode(Protocol.Asked asked) throws Exception {
    Protocol.support(asked.text != null, "percentEncode takes text");
    return Map.of("result", OAuth.percentEncode(asked.text));
  }

  /** A consumer that shows how it reads query and form. */
  private static final class Collector extends DefaultOAuthConsumer {
    Collector() {
      super("", "");
    }

    void collect(HttpRequest request, HttpParameters all) throws Exception {
      collectQueryParameters(request, all);
      collectBodyParameters(request, all);
    }
  }

  private static Map<String, String> baseString(Protocol.Asked asked) throws Exception {
    HttpParameters all = new HttpParameters();
    for (List<String> pair : asked.parameters) {
      all.put(pair.get(0), pair.get(1), true);
    }
    Request request = new Request(asked);
    new Collector().collect(request, all);
    return Map.of("result", new SignatureBaseString(request, all).generate());
  }

  private static Map<String, String> sign(Protocol.Asked asked) throws Exception {
    OAuthConsumer consumer =
        new DefaultOAuthConsumer(asked.client.identifier, asked.client.sharedSecret);
    boolean isPlain = asked.signatureMethod.equals("PLAINTEXT");
    consumer.setMessageSigner(isPlain ? new PlainTextMessageSigner() : new HmacSha1MessageSigner());
    if (asked.token != null) {
      consumer.setTokenWithSecret(asked.token.identifier, asked.token.sharedSecret);
    }
    HttpParameters additional = new HttpParameters();
    additional.put(OAuth.OAUTH_TIMESTAMP, asked.timestamp);
    additional.put(OAuth.OAUTH_NONCE, asked.nonce, true);
    if (asked.callback != null) {
      additional.put(OAuth.OAUTH_CALLBACK, asked.callback, true);
    }
    if (asked.verifier != null) {
      additional.put(OAuth.OAUTH_VERIFIER, asked.verifier, true);
    }
    if (asked.realm != null) {
      // It is written into the header field as it is put here.
      additional.put("realm", asked.realm);
    }
    consumer.setAdditionalParameters(additional);
    if (asked.transmission.equals("query")) {
      Protocol.support(
          asked.method.equals("GET") && asked.form == null, "sign takes a URL of a GET request");
      return Map.of("url", consumer.sign(asked.url));
    }
    Request request = new Request(asked);
    consumer.sign((HttpRequest) request);
    return Map.of("authorization", request.getHeader(OAuth.HTTP_AUTHORIZATION_HEADER));
  }

  public static void main(String[] args) throws Exception {
    Protocol.serve(
        Map.of(
            "name", "signpost",
            "version", Protocol.versionOf(OAuth.class, "oauth.signpost/signpost-core"),
            "language", "Java",
            "signatureMethods", List.of("HMAC-SHA1", "PLAINTEXT"),
            "transmissions", List.of("header", "query"),
            "ownVersion", true),
        Map.of(
            "percent-encode", Adapter::percentEncode,
            "base-string", Adapter::baseString,
            "sign", Adapter::sign));
  }
}
