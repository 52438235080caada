// RFC 5849 §3.4.1.2 and RFC 3986 §6.2.3: an empty path is signed as "/". The library chooses nonce and
// timestamp: look at which of both URIs has the signature that it gives.
#include <QCoreApplication>
#include <QMessageAuthenticationCode>
#include <QUrl>
#include <QUrlQuery>
#include <QtOAuth>
#include <iostream>

int main(int argc, char **argv) {
  QCoreApplication application(argc, argv);
  QCA::Initializer initializer;
  QOAuth::Interface oauth;
  oauth.setConsumerKey("ck");
  oauth.setConsumerSecret("cs");
  const auto content = oauth.createParametersString("http://example.com", QOAuth::GET, "", "", QOAuth::HMAC_SHA1, {},
                                                    QOAuth::ParseForRequestContent);
  QUrlQuery sent(QString::fromUtf8(content));
  const auto signature = QByteArray::fromBase64(
      sent.queryItemValue("oauth_signature", QUrl::FullyDecoded).toUtf8());
  sent.removeQueryItem("oauth_signature");
  std::cout << "expected http://example.com/\n";
  for (const QByteArray uri : {"http://example.com/", "http://example.com"}) {
    const auto text = "GET&" + uri.toPercentEncoding() + "&" + sent.query().toUtf8().toPercentEncoding();
    if (QMessageAuthenticationCode::hash(text, "cs&", QCryptographicHash::Sha1) == signature) {
      std::cout << "received " << uri.constData() << "\n";
    }
  }
}
