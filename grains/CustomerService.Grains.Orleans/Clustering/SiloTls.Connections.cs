using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Grains.Orleans.Clustering;

/// <content>How a connection of Orleans becomes one over TLS.</content>
public sealed partial class SiloTls
{
    private const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>How long a handshake may take: who connects and says nothing holds no connection for long.</summary>
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(5);

    private static readonly Oid ForServers = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ForClients = new("1.3.6.1.5.5.7.3.2");

    /// <summary>Has each connection that comes in prove itself, and this side to it.</summary>
    internal void AcceptOn(IConnectionBuilder builder) => Use(builder, (stream, credentials, cancellation) => stream.AuthenticateAsServerAsync(
        new SslServerAuthenticationOptions
        {
            EnabledSslProtocols = Protocols,
            ServerCertificateContext = credentials.Own,
            ClientCertificateRequired = true,
            CertificateChainPolicy = Trust(credentials.Authorities, ForClients, time.GetUtcNow()),
            RemoteCertificateValidationCallback = IsTrusted,
        },
        cancellation));

    /// <summary>Has each connection that goes out prove itself, and this side to it.</summary>
    internal void ConnectOn(IConnectionBuilder builder) => Use(builder, (stream, credentials, cancellation) => stream.AuthenticateAsClientAsync(
        new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = Protocols,
            ClientCertificateContext = credentials.Own,
            CertificateChainPolicy = Trust(credentials.Authorities, ForServers, time.GetUtcNow()),
            RemoteCertificateValidationCallback = IsTrusted,
        },
        cancellation));

    /// <summary>Silos come and go at addresses that nobody knows beforehand, so no name is checked: the authority's word is enough.</summary>
    private static bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate is not null && (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None;

    private void Use(IConnectionBuilder builder, Func<SslStream, Credentials, CancellationToken, Task> shakeHands)
    {
        var logger = builder.ApplicationServices.GetRequiredService<ILogger<SiloTls>>();
        builder.Use(next => async connection =>
        {
            var plain = connection.Transport;
            await using var stream = new SslStream(new DuplexStream(plain));
            try
            {
                var credentials = Current(out var fault);
                if (fault is not null)
                    logger.LogError("The silo's certificates were changed and can't be used; those before stay in force. {Reason}", fault.Message);
                using var limit = new CancellationTokenSource(HandshakeLimit, time);
                await shakeHands(stream, credentials, limit.Token);
            }
            catch (Exception fault)
            {
                logger.LogWarning("No TLS with {Remote}: {Reason}", connection.RemoteEndPoint, Reason(fault));
                connection.Abort();
                return;
            }

            var secured = new SecuredPipe(stream);
            connection.Transport = secured;
            try
            {
                await next(connection);
            }
            finally
            {
                await secured.Input.CompleteAsync();
                await secured.Output.CompleteAsync();
                connection.Transport = plain;
            }
        });
    }

    private static string Reason(Exception fault) => fault switch
    {
        OperationCanceledException => $"the other side did not finish the handshake within {HandshakeLimit.TotalSeconds:0} s",
        { InnerException: { } inner } => $"{fault.Message} {inner.Message}",
        _ => fault.Message,
    };

    private sealed class SecuredPipe(Stream stream) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));

        public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }
}
