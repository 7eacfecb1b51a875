using System.Net;

namespace CustomerService.Channels.Sending;

/// <summary>How one request to a provider ended.</summary>
internal abstract record HttpAnswer
{
    private HttpAnswer()
    {
    }

    /// <summary>The provider answered.</summary>
    /// <param name="RetryAfter">How long it wants to be left alone; null: it does not say.</param>
    public sealed record Said(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter) : HttpAnswer
    {
        public bool IsSuccess => (int)Status is >= 200 and < 300;
    }

    /// <summary>The provider was not reached: it surely has not got the request.</summary>
    public sealed record NotReached(string Reason) : HttpAnswer;

    /// <summary>The provider may have got the request, and did not say so.</summary>
    public sealed record Silent(string Reason) : HttpAnswer;

    /// <summary>What it means for a message.</summary>
    /// <param name="read">What the provider's own answer means.</param>
    public SendOutcome Outcome(Func<Said, SendOutcome> read) => this switch
    {
        Said said => read(said),
        NotReached not => new SendOutcome.Later(not.Reason),
        Silent silent => new SendOutcome.Unknown(silent.Reason),
        _ => throw new InvalidOperationException("A request was answered, not reached, or silent."),
    };
}
