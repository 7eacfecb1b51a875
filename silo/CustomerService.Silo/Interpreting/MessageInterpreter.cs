using System.Collections.Immutable;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Language;
using CustomerService.Runtime.Effects;
using CustomerService.Translation;
using GrainId = CustomerService.Grains.Turns.GrainId; // Orleans, where it is on, brings one of its own into view.

namespace CustomerService.Silo.Interpreting;

/// <summary>Translates messages for whoever has the conversation: each in the language that it shows itself.</summary>
/// <param name="journal">Asked for when it is needed: it comes with the host that is being made.</param>
internal sealed class MessageInterpreter(IGrainClient grains, ITranslator translator, ILanguageIdentifier identifier, Func<IJournal> journal) : IWorkPerformer
{
    private const string Unknown = "und";
    private const int PageLength = 256;

    public Type Handles => typeof(TranslateLines);

    public async ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation)
    {
        if (await grains.AskAsync(origin, new GetTranslation(), cancellation) is not TranslationContext context)
            return null; // Nobody is to read it any more.

        var readers = await Readers.OfAsync(grains, context.CustomerId, context.AgentId, context.WorkLanguages, cancellation);
        var lines = ((TranslateLines)work).Lines;
        var customer = lines.Where(line => line.Author == Author.Customer).Select(line => LanguageOf(line.Text)).LastOrDefault(language => language != Unknown)
            ?? context.CustomerLanguage;
        var translated = await Task.WhenAll(lines.Select(line => TranslateAsync(origin, line, customer, context, readers, cancellation)));
        var news = translated.OfType<LineTranslation>().ToImmutableArray();
        return news.IsEmpty && customer == context.CustomerLanguage && readers.Languages.SequenceEqual(context.Reader)
            ? null
            : new NoteTranslations(news) { CustomerLanguage = customer, Reader = readers.Languages };
    }

    /// <summary>Null: its reader can read it as it is, or it is translated already.</summary>
    private async Task<LineTranslation?> TranslateAsync(
        GrainId conversation, LineToTranslate line, string? customer, TranslationContext context, Readers readers, CancellationToken cancellation)
    {
        var to = readers.Languages[0];
        if (readers.Languages.Any(language => context.Known.Contains(new TranslatedMessage(line.Sequence, language))))
            return null;

        var from = LanguageOf(line.Text);
        if (from == Unknown)
            from = customer ?? Unknown; // "OK" is at home everywhere: it is taken as the rest of the conversation
        if (readers.Languages.Contains(from) || (from == Unknown && (line.Author != Author.Customer || !line.Text.Any(char.IsLetter))))
            return null;
        if (from == Unknown)
            return new LineTranslation(line.Sequence, from, to) { Reason = "its language can't be told" };

        var text = line.Shortened ? await WholeAsync(conversation, line, cancellation) : line.Text;
        return await translator.TranslateAsync(new TranslationRequest(from, to, text) { Names = readers.Names }, cancellation) switch
        {
            TranslationOutcome.Translated done => new LineTranslation(line.Sequence, from, to) { Text = done.Text, Provider = done.Provider },
            TranslationOutcome.NotTranslated not => new LineTranslation(line.Sequence, from, to) { Reason = not.Reason },
            var other => throw new System.Diagnostics.UnreachableException($"A translation can't come to {other}."),
        };
    }

    private string LanguageOf(string text) => identifier.Identify(text).Language;

    /// <summary>A message's own count is never above the journal's, which counts all that happens.</summary>
    private async ValueTask<string> WholeAsync(GrainId conversation, LineToTranslate line, CancellationToken cancellation)
    {
        IReadOnlyList<JournalEntry> page;
        for (var after = line.Sequence - 1; (page = await journal().ReadAsync(conversation, after, PageLength, cancellation)).Count > 0; after = page[^1].Sequence)
        {
            foreach (var entry in page)
            {
                switch (entry.Event)
                {
                    case MessageReceived received when received.MessageSequence == line.Sequence:
                        return received.Interaction.Content;
                    case MessageSent sent when sent.MessageSequence == line.Sequence:
                        return sent.Text;
                }
            }
        }

        return line.Text;
    }
}
