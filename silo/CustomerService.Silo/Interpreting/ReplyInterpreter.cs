using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Language;
using CustomerService.Runtime.Effects;
using CustomerService.Translation;
using GrainId = CustomerService.Grains.Turns.GrainId; // Orleans, where it is on, brings one of its own into view.

namespace CustomerService.Silo.Interpreting;

/// <summary>Translates an agent's reply for the customer. What can't be translated goes back to its agent with the reason.</summary>
internal sealed class ReplyInterpreter(IGrainClient grains, ITranslator translator, ILanguageIdentifier identifier, TranslationReview review) : IWorkPerformer
{
    public Type Handles => typeof(TranslateReply);

    public async ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
    {
        var reply = (TranslateReply)work;
        var finish = new FinishReply(reply.MessageId, reply.Attempt);
        if (await grains.AskAsync(origin, new GetTranslation(), cancellation) is not TranslationContext context)
            return finish with { Reason = "nothing is translated in this queue" };

        var readers = await Readers.OfAsync(grains, context.CustomerId, reply.AgentId, context.WorkLanguages, cancellation);
        var from = reply.From ?? Written(reply.Text, readers);
        if (from == reply.To)
            return finish with { Text = reply.Text, From = from };

        return await translator.TranslateAsync(new TranslationRequest(from, reply.To, reply.Text) { Names = readers.Names }, cancellation) switch
        {
            TranslationOutcome.Translated done when review.Objection(reply.Text, from, done.Text, reply.To) is { } objection => finish with { From = from, Reason = $"{done.Provider}: {objection}" },
            TranslationOutcome.Translated done => finish with { Text = done.Text, From = from, Provider = done.Provider },
            TranslationOutcome.NotTranslated not => finish with { From = from, Reason = not.Reason },
            var other => throw new System.Diagnostics.UnreachableException($"A translation can't come to {other}."),
        };
    }

    /// <summary>A text too short to tell is in the language that its agent works in.</summary>
    private string Written(string text, Readers readers) =>
        identifier.Identify(text).Language is var told && told != "und" ? told : readers.Languages[0];
}
