using System.Net;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Silo.Playing;

/// <summary>Where a provider calls the running system. It signs for the public address; the call goes straight to the system.</summary>
internal sealed class ProviderDoor(HttpClient http, Uri? publicUrl)
{
    private readonly string _system = http.BaseAddress!.AbsoluteUri.TrimEnd('/');

    private readonly string _public = (publicUrl ?? http.BaseAddress!).AbsoluteUri.TrimEnd('/');

    /// <summary>An account's address as its provider knows it: what signatures are made for.</summary>
    public string AddressOf(string account) => $"{_public}/api/channels/{account}";

    /// <summary>Calls it there, with what proves the call.</summary>
    /// <exception cref="CommandFailedException">The system refuses it.</exception>
    public async Task<string> PostAsync(string address, HttpContent body, string header, string proof, CancellationToken cancellation)
    {
        if (!address.StartsWith(_public, StringComparison.Ordinal))
            throw new CommandFailedException($"The system names {address}, which is not below its public_url {_public}; channels.yaml was changed since it was read.");
        using var request = new HttpRequestMessage(HttpMethod.Post, _system + address[_public.Length..]) { Content = body };
        request.Headers.TryAddWithoutValidation(header, proof);
        using var answer = await RunningSystem.SendAsync(http, request, cancellation);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => await answer.Content.ReadAsStringAsync(cancellation),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => throw new CommandFailedException(
                "The system does not take the signature: it runs with other secrets, another channels.yaml or another public_url than this command sees. Its log says more."),
            HttpStatusCode.NotFound => throw new CommandFailedException($"The running system has no such account: {address}. Start it with the same --content, and look into its log."),
            var status => throw new CommandFailedException($"{address}: the system answered {(int)status}. Its log says more."),
        };
    }
}
