using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CustomerService.Grains.Orleans.Clustering;

/// <summary>
/// Mutual TLS between silos and to them: each side shows a certificate that the given authority issued. The authority should be the
/// cluster's own, since whoever holds one of its certificates may call any grain. The files are read again when they change, so
/// that certificates and authorities are renewed without a restart.
/// </summary>
public sealed partial class SiloTls
{
    private readonly string certificateFile;
    private readonly string keyFile;
    private readonly string authorityFile;
    private readonly TimeProvider time;
    private readonly Lock reading = new();
    private Credentials inForce;

    private SiloTls(string certificateFile, string keyFile, string authorityFile, TimeProvider time)
    {
        (this.certificateFile, this.keyFile, this.authorityFile, this.time) = (certificateFile, keyFile, authorityFile, time);
        inForce = Read(ReadText());
    }

    /// <param name="certificateFile">PEM: this process's certificate, and after it those between it and the authority, if any.</param>
    /// <param name="keyFile">PEM: the certificate's private key, not encrypted.</param>
    /// <param name="authorityFile">PEM: whose certificates are trusted; several while one authority is replaced by another.</param>
    /// <exception cref="InvalidDataException">A file can't be used; the message names it and says what to do.</exception>
    public static SiloTls Load(string certificateFile, string keyFile, string authorityFile, TimeProvider? time = null) =>
        new(certificateFile, keyFile, authorityFile, time ?? TimeProvider.System);

    /// <summary>What the files say now; where that can't be used, what they said before.</summary>
    /// <param name="fault">Why the files as they are now can't be used.</param>
    private Credentials Current(out InvalidDataException? fault)
    {
        fault = null;
        lock (reading)
        {
            try
            {
                // By content, not by time: a secret that an orchestrator mounts is renewed by turning a link to a folder.
                var text = ReadText();
                if (text != inForce.Text)
                    inForce = Read(text);
            }
            catch (InvalidDataException bad)
            {
                fault = bad;
            }

            return inForce;
        }
    }

    private PemText ReadText() => new(Text(certificateFile, "certificate"), Text(keyFile, "private key"), Text(authorityFile, "authority's certificate"));

    private static string Text(string file, string what)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{file}: the silo's {what} can't be read. Give a PEM file that this process may read. ({fault.Message})", fault);
        }
    }

    private Credentials Read(PemText text)
    {
        var authorities = Certificates(text.Authority, authorityFile, "the authority's certificate");
        var chain = Certificates(text.Certificate, certificateFile, "this process's certificate");
        var own = Pair(text);
        chain.RemoveAt(0);

        // A silo is a server and a client of others, and a gateway is a client.
        using var check = new X509Chain { ChainPolicy = Trust(authorities, ForClients, time.GetUtcNow()) };
        check.ChainPolicy.ExtraStore.AddRange(chain);
        if (!check.Build(own))
        {
            var reasons = string.Join("; ", check.ChainStatus.Select(status => status.StatusInformation.Trim()).Distinct());
            throw new InvalidDataException(
                $"{certificateFile}: the certificate of {own.Subject} is not valid by the authority in {authorityFile}: {reasons}. Give a certificate that this authority issued, that is valid now, and that is good for clients and servers.");
        }

        return new Credentials(text, SslStreamCertificateContext.Create(own, chain, offline: true), authorities);
    }

    private X509Certificate2 Pair(PemText text)
    {
        try
        {
            var own = X509Certificate2.CreateFromPem(text.Certificate, text.Key);
            // Windows' TLS takes no key that lives in memory only.
            return OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null) : own;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException($"{keyFile}: this is not the private key of the certificate in {certificateFile}. Give its PEM file, not encrypted. ({fault.Message})", fault);
        }
    }

    private static X509Certificate2Collection Certificates(string pem, string file, string what)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(pem);
        }
        catch (CryptographicException fault)
        {
            throw new InvalidDataException($"{file}: {what} can't be read: {fault.Message} Give it in PEM form.", fault);
        }

        return found.Count > 0 ? found : throw new InvalidDataException($"{file}: holds no certificate. Give {what} in PEM form: -----BEGIN CERTIFICATE-----.");
    }

    /// <param name="use">What the certificate must be good for, unless it says nothing about that.</param>
    private static X509ChainPolicy Trust(X509Certificate2Collection authorities, Oid use, DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // A cluster's own authority publishes no list of revoked certificates; they live briefly instead.
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = now.UtcDateTime,
            VerificationTimeIgnored = false,
        };
        policy.CustomTrustStore.AddRange(authorities);
        policy.ApplicationPolicy.Add(use);
        return policy;
    }

    private sealed record PemText(string Certificate, string Key, string Authority);

    private sealed record Credentials(PemText Text, SslStreamCertificateContext Own, X509Certificate2Collection Authorities);
}
