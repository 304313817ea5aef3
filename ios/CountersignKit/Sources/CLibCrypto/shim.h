// OpenSSL, as far as a key store without a Secure Enclave needs it. Swift sees functions but no variadic ones.
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

static inline EVP_PKEY *countersign_new_p256_key(void) {
    return EVP_EC_gen("P-256");
}
