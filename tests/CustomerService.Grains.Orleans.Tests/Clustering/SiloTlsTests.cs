using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CustomerService.Grains.Orleans.Clustering;

namespace CustomerService.Grains.Orleans.Tests.Clustering;

/// <summary>Two silos over TLS, and who may speak to them.</summary>
public sealed class SiloTlsTests(RedisServer redis) : IClassFixture<RedisServer>, IAsyncLifetime
{
    private const string ForServers = "1.3.6.1.5.5.7.3.1";

    private readonly string folder = Directory.CreateTempSubdirectory("silo-tls-").FullName;
    private readonly string cluster = $"tls-{Guid.NewGuid():N}";
    private TestAuthority ours = null!;
    private TestAuthority theirs = null!;
    private ClusterProcess first = null!;
    private ClusterProcess second = null!;

    public async Task InitializeAsync()
    {
        (ours, theirs) = (new TestAuthority(folder, "ours"), new TestAuthority(folder, "theirs"));
        if (Requires.RedisServer is null)
            return;
        first = await ClusterProcess.Silo(Settings(ours.Certify("first"))).StartAsync();
        second = await ClusterProcess.Silo(Settings(ours.Certify("second"))).StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (second is not null)
            await second.DisposeAsync();
        if (first is not null)
            await first.DisposeAsync();
        ours.Dispose();
        theirs.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [RequiresFact("redis")]
    public async Task Silos_and_a_client_with_certificates_of_the_authority_speak_to_one_another()
    {
        await using var client = await ClusterProcess.Client(Settings(ours.Certify("client"))).StartAsync();

        var statistics = await client.Management.GetRuntimeStatistics([first.Address, second.Address]);

        Assert.Equal(2, statistics.Length);
    }

    [RequiresFact("redis")]
    public async Task A_client_without_certificates_gets_nothing()
    {
        await using var client = ClusterProcess.Client(Settings(tls: null));
        using var giveUp = new CancellationTokenSource();
        var starting = client.StartAsync(giveUp.Token);

        await client.LoggedAsync("answers yet");

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => starting);
        Assert.True(first.Logged("No TLS with") + second.Logged("No TLS with") > 0);
    }

    [RequiresFact("redis")]
    public async Task A_client_with_a_certificate_of_another_authority_gets_nothing()
    {
        await using var client = ClusterProcess.Client(Settings(theirs.Certify("client")));
        using var giveUp = new CancellationTokenSource();
        var starting = client.StartAsync(giveUp.Token);

        await client.LoggedAsync("answers yet");

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => starting);
        Assert.True(client.Logged("No TLS with") > 0); // It does not trust the silos either.
    }

    [RequiresFact("redis")]
    public async Task A_silo_in_plain_text_does_not_join()
    {
        await using var intruder = ClusterProcess.Silo(Settings(tls: null));
        using var giveUp = new CancellationTokenSource();
        var starting = intruder.StartAsync(giveUp.Token);

        await Task.WhenAny(first.LoggedAsync("No TLS with"), second.LoggedAsync("No TLS with"));

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => starting);
        Assert.DoesNotContain(intruder.Address, (await first.Management.GetHosts(onlyActive: true)).Keys);
    }

    [RequiresTheory("redis")]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Both_ports_close_on_who_does_not_prove_itself(bool siloPort, bool withOtherAuthority)
    {
        var (certificate, key) = theirs.Issue("stranger");
        using var stranger = X509Certificate2.CreateFromPemFile(certificate, key);

        Assert.Null(await FirstByteAsync(Port(siloPort), withOtherAuthority ? stranger : null));
    }

    [RequiresFact("redis")]
    public async Task A_silo_speaks_to_who_proves_itself()
    {
        var (certificate, key) = ours.Issue("known");
        using var known = X509Certificate2.CreateFromPemFile(certificate, key);

        Assert.NotNull(await FirstByteAsync(Port(ofSilos: true), known));
    }

    [RequiresFact("redis")]
    public async Task A_certificate_that_is_good_for_servers_only_makes_no_client()
    {
        var (certificate, key) = ours.Issue("website", useOnly: ForServers);
        using var website = X509Certificate2.CreateFromPemFile(certificate, key);

        Assert.Null(await FirstByteAsync(first.Gateway.Endpoint, website));
    }

    [RequiresFact("redis")]
    public async Task Nothing_is_answered_to_plain_text()
    {
        using var plain = new TcpClient();
        await plain.ConnectAsync(first.Gateway.Endpoint);
        await plain.GetStream().WriteAsync(new byte[256]);

        using var answer = new MemoryStream();
        try
        {
            await plain.GetStream().CopyToAsync(answer);
        }
        catch (IOException)
        {
            // It may be reset rather than closed.
        }

        Assert.True(answer.Length <= 7, $"More than a TLS alert came: {Convert.ToHexString(answer.ToArray())}");
    }

    [RequiresFact("redis")]
    public async Task A_renewed_certificate_is_shown_without_a_restart_and_a_broken_one_is_not()
    {
        var (certificate, key) = ours.Issue("known");
        using var known = X509Certificate2.CreateFromPemFile(certificate, key);
        var before = await CertificateShownAsync(known);
        Assert.Equal(before, await CertificateShownAsync(known));

        var (renewed, renewedKey) = ours.Issue("first");
        var after = await CertificateShownAsync(known);
        await File.WriteAllTextAsync(renewed, "half writ");

        Assert.NotEqual(before, after);
        Assert.Equal(after, await CertificateShownAsync(known));
        Assert.Contains(renewed, await first.LoggedAsync("can't be used"), StringComparison.Ordinal);
        Assert.True(File.Exists(renewedKey));
    }

    private ClusterSettings Settings(SiloTls? tls) => ClusterProcess.Settings(redis.Url, cluster, tls);

    private IPEndPoint Port(bool ofSilos) => (ofSilos ? first.Address : first.Gateway).Endpoint;

    private async Task<string> CertificateShownAsync(X509Certificate2 known)
    {
        using var socket = new TcpClient();
        await using var stream = await ConnectAsync(socket, first.Gateway.Endpoint, known);
        return stream.RemoteCertificate!.GetCertHashString();
    }

    /// <summary>The first byte that the silo says, as it does when a connection stands; null when it closes without a word.</summary>
    private static async Task<byte?> FirstByteAsync(IPEndPoint address, X509Certificate2? certificate)
    {
        using var socket = new TcpClient();
        try
        {
            await using var stream = await ConnectAsync(socket, address, certificate);
            var first = new byte[1];
            return await stream.ReadAsync(first).AsTask().WaitAsync(TimeSpan.FromSeconds(60)) == 1 ? first[0] : null;
        }
        catch (Exception fault) when (fault is IOException or AuthenticationException)
        {
            return null;
        }
    }

    private static async Task<SslStream> ConnectAsync(TcpClient socket, IPEndPoint address, X509Certificate2? certificate)
    {
        await socket.ConnectAsync(address);
#pragma warning disable CA5359 // What the silo thinks of this side is what is tested.
        var stream = new SslStream(socket.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "silo",
            ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
        });
#pragma warning restore CA5359
        return stream;
    }
}
