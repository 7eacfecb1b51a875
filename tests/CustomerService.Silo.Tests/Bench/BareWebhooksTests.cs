using System.Net;
using CustomerService.Bench.Doors;
using CustomerService.Bench.Webhooks;

namespace CustomerService.Silo.Bench;

public sealed class BareWebhooksTests
{
    /// <summary>The floor counts for nothing unless it checks what the product checks.</summary>
    [Fact]
    public async Task Each_providers_signature_is_checked_and_each_request_is_another()
    {
        await using var bare = await BareDoor.StartAsync(MeasuredAccounts.Secret, CancellationToken.None);
        using var accounts = new MeasuredAccounts(new Uri(bare.Address, BareWebhooks.Api));
        using var making = new SignedRequests(accounts.Settings);
        using var http = new HttpClient();

        var answers = new List<string>();
        foreach (var account in accounts.Settings.Accounts)
        {
            var requests = await making.MakeAsync(account, ["Hello", "Hello again", "And again"], senders: 2);
            Assert.Equal(3, requests.Select(request => Convert.ToBase64String(request.Body)).Distinct().Count());
            var forged = requests[0] with { Proof = requests[0].Proof[..^1] + (requests[0].Proof[^1] == 'a' ? 'b' : 'a') };
            answers.Add($"{account.Name} {await SendAsync(requests[2])} {await SendAsync(forged)}");
        }

        Assert.Equal(
            ["instagram OK Unauthorized", "messenger OK Unauthorized", "neutral OK Unauthorized", "sms OK Unauthorized", "telegram OK Unauthorized", "voice OK Unauthorized", "whatsapp OK Unauthorized"],
            answers.Order(StringComparer.Ordinal));

        async Task<HttpStatusCode> SendAsync(SignedRequest request)
        {
            using var message = request.To(bare.Address);
            using var answer = await http.SendAsync(message);
            return answer.StatusCode;
        }
    }
}
