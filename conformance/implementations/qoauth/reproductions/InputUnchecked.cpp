// RFC 3986 §2: a URL contains no space. RFC 5849 does not oblige a signer to reject it.
#include <QCoreApplication>
#include <QtOAuth>
#include <iostream>

int main(int argc, char **argv) {
  QCoreApplication application(argc, argv);
  QCA::Initializer initializer;
  QOAuth::Interface oauth;
  oauth.setConsumerKey("ck");
  oauth.setConsumerSecret("cs");
  oauth.createParametersString("http://example.com/a b", QOAuth::GET, "", "", QOAuth::HMAC_SHA1, {},
                               QOAuth::ParseForInlineQuery);
  std::cout << "expected a rejection\n"
            << "received " << (oauth.error() == QOAuth::NoError ? "a signature" : "a rejection") << "\n";
}
