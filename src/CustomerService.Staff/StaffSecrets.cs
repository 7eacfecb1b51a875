using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace CustomerService.Staff;

/// <summary>
/// Protects what must not be read or made by others (second factors, sessions' cookies) with the system's one staff key, which all processes of a cluster have alike. So it
/// is ASP.NET Core's data protection too, with nothing of its own to keep in step.
/// </summary>
/// <remarks>AES-256-GCM. Each purpose has a key of its own, derived by HKDF-SHA-256. Written as version (1 byte), nonce (12), tag (16), text.</remarks>
public sealed class StaffSecrets : IDataProtectionProvider
{
    /// <summary>Least length of the key, in bytes.</summary>
    public const int KeyLength = 32;

    private readonly ReadOnlyMemory<byte> _key;

    /// <exception cref="ArgumentException">The key is too short.</exception>
    public StaffSecrets(ReadOnlyMemory<byte> key) =>
        _key = key.Length >= KeyLength ? key : throw new ArgumentException($"The staff key needs at least {KeyLength} bytes.", nameof(key));

    public IDataProtector CreateProtector(string purpose) => new Protector(_key, purpose);

    private sealed class Protector : IDataProtector
    {
        private const byte Version = 1;
        private const int Nonce = 12;
        private const int Tag = 16;
        private const int Overhead = 1 + Nonce + Tag;

        private readonly byte[] _derived;

        public Protector(ReadOnlyMemory<byte> parent, string purpose) =>
            _derived = HKDF.DeriveKey(HashAlgorithmName.SHA256, parent.ToArray(), KeyLength, info: Encoding.UTF8.GetBytes(purpose));

        // A child's key comes from its parent's, so "a" then "b" is not "ab".
        public IDataProtector CreateProtector(string purpose) => new Protector(_derived, purpose);

        public byte[] Protect(byte[] plaintext)
        {
            var written = new byte[Overhead + plaintext.Length];
            written[0] = Version;
            var nonce = written.AsSpan(1, Nonce);
            var tag = written.AsSpan(1 + Nonce, Tag);
            RandomNumberGenerator.Fill(nonce);
            using var cipher = new AesGcm(_derived, Tag);
            cipher.Encrypt(nonce, plaintext, written.AsSpan(Overhead), tag, written.AsSpan(0, 1));
            return written;
        }

        /// <exception cref="CryptographicException">It was not written by this, or was changed since.</exception>
        public byte[] Unprotect(byte[] protectedData)
        {
            if (protectedData.Length < Overhead || protectedData[0] != Version)
                throw new CryptographicException("This was not protected by this system's staff key.");
            var text = new byte[protectedData.Length - Overhead];
            using var cipher = new AesGcm(_derived, Tag);
            cipher.Decrypt(protectedData.AsSpan(1, Nonce), protectedData.AsSpan(Overhead), protectedData.AsSpan(1 + Nonce, Tag), text, protectedData.AsSpan(0, 1));
            return text;
        }
    }
}
