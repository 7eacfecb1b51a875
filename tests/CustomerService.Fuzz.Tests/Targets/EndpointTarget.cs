using System.Net.Http.Headers;
using CustomerService.Fuzz.Tests.Fuzzing;

namespace CustomerService.Fuzz.Tests.Targets;

/// <summary>Providers' requests through the real endpoint, into real conversations: whatever is in them, it is no fault of ours.</summary>
internal sealed class EndpointTarget() : FuzzTarget("endpoint", 10)
{
    private readonly HostileGateway _gateway = new();

    public override byte[] Make(Random random) => WebhookMutation.Make(random);

    public override async ValueTask<FuzzOutcome> TryAsync(byte[] input)
    {
        var (seed, body, isSigned) = WebhookMutation.Read(input);
        var gateway = await _gateway.OpenAsync();
        var (url, headers) = WebhookSeeds.Signed(seed, new Uri(gateway.Address, "/api/channels").AbsoluteUri, body, TimeProvider.System.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(seed.MediaType);
        if (isSigned)
            request.Headers.TryAddWithoutValidation(headers[^1].Name, headers[^1].Value);
        var answer = await gateway.SendAsync(request);
        _gateway.Check();
        return (int)answer.Status < 500 ? new FuzzOutcome($"{(int)answer.Status}") : throw new FuzzFinding($"{seed}: {(int)answer.Status} {answer.Text}");
    }

    protected override ValueTask CloseAsync() => _gateway.DisposeAsync();
}
