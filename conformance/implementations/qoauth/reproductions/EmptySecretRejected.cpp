// RFC 5849 §3.4.2: the key begins with the client shared secret, which may be empty.
#include <QCoreApplication>
#include <QtOAuth>
#include <iostream>

int main(int argc, char **argv) {
  QCoreApplication application(argc, argv);
  QCA::Initializer initializer;
  QOAuth::Interface oauth;
  oauth.setConsumerKey("ck");
  oauth.setConsumerSecret("");
  oauth.createParametersString("http://example.com/", QOAuth::GET, "", "", QOAuth::HMAC_SHA1, {},
                               QOAuth::ParseForInlineQuery);
  std::cout << "expected error() " << QOAuth::NoError << "\n"
            << "received error() " << oauth.error() << "\n";
}
