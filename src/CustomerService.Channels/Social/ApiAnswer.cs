using System.Net;
using System.Text.Json;

namespace CustomerService.Channels.Social;

/// <summary>How a request to a provider ended.</summary>
internal abstract record ApiAnswer
{
    private ApiAnswer()
    {
    }

    /// <summary>The provider answered.</summary>
    /// <param name="Json">Undefined where it answered with something else.</param>
    /// <param name="RetryAfter">How long it wants to be left alone; null: it does not say.</param>
    public sealed record Said(HttpStatusCode Status, JsonElement Json, TimeSpan? RetryAfter) : ApiAnswer
    {
        public bool IsSuccess => (int)Status is >= 200 and < 300;
    }

    /// <summary>The provider was not reached: it surely has not got the request.</summary>
    public sealed record NotReached(string Reason) : ApiAnswer;

    /// <summary>The provider may have got the request, and did not say so.</summary>
    public sealed record Silent(string Reason) : ApiAnswer;
}
