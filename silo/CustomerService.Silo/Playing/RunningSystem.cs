using System.Net.Http.Headers;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Silo.Playing;

/// <summary>The addresses of the system that is written to.</summary>
/// <param name="OperatorToken">Reads conversations.</param>
internal sealed record RunningSystem(Uri Address, string OperatorToken)
{
    /// <summary>For customers and providers: without the token.</summary>
    public HttpClient Outside() => new() { BaseAddress = new Uri(Address.AbsoluteUri.TrimEnd('/') + "/"), Timeout = TimeSpan.FromSeconds(60) };

    public HttpClient Inside()
    {
        var http = Outside();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", OperatorToken);
        return http;
    }

    /// <exception cref="CommandFailedException">Nobody answers there.</exception>
    public static async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await http.SendAsync(request, cancellation);
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new CommandFailedException($"{http.BaseAddress}: nobody answers there ({fault.Message.TrimEnd('.')}). Start the system with ./run, or name one with --url.");
        }
    }
}
