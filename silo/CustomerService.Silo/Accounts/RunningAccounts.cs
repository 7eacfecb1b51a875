using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Gateway.Staff;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Silo.Accounts;

/// <summary>Those of a system that runs, by its API.</summary>
internal sealed class RunningAccounts(Uri address, string operatorToken) : IAccounts
{
    private readonly RunningConsole _console = new(address, operatorToken);

    /// <summary>Whether a system answers there.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            await _console.SendAsync(HttpMethod.Get, "api/people", cancellation);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task<string> AddAsync(NewPerson person, CancellationToken cancellation) => Field("password", await SendAsync(HttpMethod.Post, "api/people", person, cancellation));

    public Task ChangeRolesAsync(string id, RoleChange roles, CancellationToken cancellation) => SendAsync(HttpMethod.Put, $"{Person(id)}/roles", roles, cancellation);

    public async Task<string> ResetPasswordAsync(string id, CancellationToken cancellation) => Field("password", await SendAsync<object>(HttpMethod.Post, $"{Person(id)}/reset-password", null, cancellation));

    public Task ResetSecondFactorAsync(string id, CancellationToken cancellation) => SendAsync<object>(HttpMethod.Post, $"{Person(id)}/reset-second-factor", null, cancellation);

    public Task DisableAsync(string id, CancellationToken cancellation) => SendAsync<object>(HttpMethod.Post, $"{Person(id)}/disable", null, cancellation);

    public Task EnableAsync(string id, CancellationToken cancellation) => SendAsync<object>(HttpMethod.Post, $"{Person(id)}/enable", null, cancellation);

    public async Task<string> IssueTokenAsync(NewToken token, CancellationToken cancellation) => Field("token", await SendAsync(HttpMethod.Post, "api/tokens", token, cancellation));

    public Task RevokeTokenAsync(string id, CancellationToken cancellation) => SendAsync<object>(HttpMethod.Post, $"api/tokens/{Uri.EscapeDataString(id)}/revoke", null, cancellation);

    public ValueTask DisposeAsync()
    {
        _console.Dispose();
        return default;
    }

    private static string Person(string id) => $"api/people/{Uri.EscapeDataString(id)}";

    private static string Field(string name, string body) => JsonNode.Parse(body)![name]!.GetValue<string>();

    private async Task<string> SendAsync<TBody>(HttpMethod method, string path, TBody? body, CancellationToken cancellation)
        where TBody : class
    {
        try
        {
            return await _console.SendAsync(method, path, cancellation, body is null ? null : JsonSerializer.Serialize(body, JsonSerializerOptions.Web));
        }
        catch (HttpRequestException fault)
        {
            throw new CommandFailedException($"{address}: nobody answers there ({fault.Message}).");
        }
    }
}
