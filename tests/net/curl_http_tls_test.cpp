// CurlHttp and a server whose certificate nobody vouches for.
#include <gtest/gtest.h>
#include <httplib.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <thread>

#include "tests/net/http_client.h"

namespace simulate {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Certificate self_signed(EVP_PKEY* key) {
  Certificate certificate(X509_new(), &X509_free);
  X509_set_version(certificate.get(), 2);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* name = X509_get_subject_name(certificate.get());
  const auto* host = reinterpret_cast<const unsigned char*>("127.0.0.1");
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, host, -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  X509_sign(certificate.get(), key, EVP_sha256());
  return certificate;
}

TEST(CurlHttp, DoesNotTrustASelfSignedCertificate) {
  Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  Certificate certificate = self_signed(key.get());
  httplib::SSLServer server(certificate.get(), key.get());
  int port = server.bind_to_any_port("127.0.0.1");
  std::thread thread([&server] { server.listen_after_bind(); });
  while (!server.is_running()) std::this_thread::yield();

  std::string host = "127.0.0.1:" + std::to_string(port);
  HttpFailure failure =
      HttpClient().failure(request_to("https://" + host + "/"));
  server.stop();
  thread.join();

  EXPECT_EQ(failure.fault, HttpFault::unreachable);
  EXPECT_EQ(failure.message, "certificate of " + host + " not trusted");
  EXPECT_FALSE(failure.maybe_processed);
}

}  // namespace
}  // namespace simulate
