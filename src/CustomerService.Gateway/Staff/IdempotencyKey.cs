using CustomerService.Gateway.Chat;
using Microsoft.AspNetCore.Http;

namespace CustomerService.Gateway.Staff;

/// <summary>The sender's own key for one intention: the same request again with the same key changes nothing.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>The request's key, or a new one.</summary>
    public static string Of(HttpContext context) =>
        context.Request.Headers[Header].ToString() is { Length: > 0 } key ? Ids.Checked(Header, key)! : Ids.New("r");
}
