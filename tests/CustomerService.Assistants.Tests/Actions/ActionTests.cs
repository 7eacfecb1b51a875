using CustomerService.Assistants.Automation;
using CustomerService.Assistants.Tests.Support;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Tests.Actions;

public sealed class ActionTests : IDisposable
{
    private readonly Assistant _assistant = new();

    public void Dispose() => _assistant.Dispose();

    [Fact]
    public void Contracts_HaveTheReferencesNamesAndARuleForEveryAuto()
    {
        var contracts = new[]
        {
            _assistant.Identify.Contract, _assistant.Sentiment.Contract, _assistant.Intent.Contract, _assistant.Knowledge.Contract,
            _assistant.Automation.Contract, _assistant.Respond.Contract, _assistant.Review.Contract,
        };

        Assert.Equal(
            ["customer_identification", "sentiment_analysis", "intent_classification", "knowledge_base_search", "automation_check", "generate_customer_response", "qa_review"],
            contracts.Select(contract => contract.Name));
        var autos = contracts.SelectMany(contract => contract.Parameters).Where(parameter => parameter.AutoRule is not null).Select(parameter => parameter.Name);
        foreach (var expected in new[] { "authentication_level", "intent_taxonomy", "risk_assessment", "tone", "compliance_rules" })
            Assert.Contains(expected, autos);
    }

    [Fact]
    public async Task EveryResult_HasTheContractsOutputs()
    {
        var run = await _assistant.AnswerAsync(_assistant.Scope("How do I reset my password?"));

        foreach (var (contract, result) in new[]
        {
            (_assistant.Identify.Contract, run.Identified), (_assistant.Sentiment.Contract, run.Sentiment), (_assistant.Intent.Contract, run.Classified),
            (_assistant.Knowledge.Contract, run.Searched), (_assistant.Automation.Contract, run.Automation), (_assistant.Respond.Contract, run.Answered),
            (_assistant.Review.Contract, run.Reviewed),
        })
        {
            Assert.Equal(contract.Outputs.Order(StringComparer.Ordinal), result.Outputs.Keys.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Identify_KnownCustomer_GivesProfileAndHistory_OldestFirst()
    {
        var scope = _assistant.Scope("Hello again");
        var address = Grain.Address(ChannelNames.Chat, "visitor-1");
        await _assistant.Grains.AskAsync(address, new LinkAddress("cust-7"));
        await _assistant.Grains.AskAsync(Grain.Customer("cust-7"), new UpdateProfile("Mei Kovacs", "mei@example.com", "gold", "en", "formal"));
        foreach (var number in new[] { 1, 2 })
            await _assistant.Grains.AskAsync(Grain.Customer("cust-7"), new NoteInteraction(new PastInteraction($"m{number}", "old", "email", $"text {number}", "warranty", -0.1, "automated", _assistant.Time.GetUtcNow())));

        var result = await _assistant.RunAsync(_assistant.Identify, scope, null);

        var profile = (IReadOnlyDictionary<string, object?>)result.Outputs["customer_profile"]!;
        Assert.Equal(("cust-7", "Mei Kovacs", "gold", "formal"), (profile["id"], profile["name"], profile["tier"], profile["preferred_tone"]));
        var history = ((IEnumerable<object?>)result.Outputs["interaction_history"]!).Cast<IReadOnlyDictionary<string, object?>>().Select(line => line["text"]);
        Assert.Equal(["text 1", "text 2"], history);
        Assert.Equal("anonymous", result.Outputs["authentication_status"]);
    }

    [Fact]
    public async Task Identify_KnownCustomer_TellsTheRunWhoServedThemLast()
    {
        var (first, later) = (_assistant.Scope("Hello"), _assistant.Scope("Hello again"));
        await _assistant.Grains.AskAsync(Grain.Address(ChannelNames.Chat, "visitor-1"), new LinkAddress("cust-7"));
        await _assistant.RunAsync(_assistant.Identify, first, null);
        await _assistant.Grains.AskAsync(Grain.Customer("cust-7"), new NoteServedBy("ada", _assistant.Time.GetUtcNow()));

        await _assistant.RunAsync(_assistant.Identify, later, null);

        Assert.Null(first.Draft.LastServedBy);
        Assert.Equal(new ServedBy("ada", _assistant.Time.GetUtcNow()), later.Draft.LastServedBy);
    }

    [Fact]
    public async Task Identify_ProvenCustomer_HasTheShopsTier()
    {
        var result = await _assistant.RunAsync(_assistant.Identify, _assistant.Scope("I'm Lena Berg, zip 80279"), null);

        Assert.Equal("gold", ((IReadOnlyDictionary<string, object?>)result.Outputs["customer_profile"]!)["tier"]);
        Assert.Equal("basic", result.Outputs["authentication_level"]);
    }

    [Fact]
    public async Task ProofRequiredByThePipeline_AsksForItWhateverTheIntent()
    {
        var scope = _assistant.Scope("What is your return policy?");
        await _assistant.RunAsync(_assistant.Identify, scope, null, ("authentication_level", "basic"));

        var result = await _assistant.RunAsync(_assistant.Respond, scope, null, ("intent", "return_policy"));

        Assert.Equal("identity", scope.Draft.Pending!.Kind);
        Assert.Contains("postcode", (string)result.Outputs["response_content"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("How do I reset my password?", "password_reset", "Forgot password")]
    [InlineData("What are your business hours?", "business_hours", "Monday to Friday")]
    [InlineData("What is your return policy?", "return_policy", "30 days")]
    [InlineData("How much does shipping cost?", "shipping_cost", "4.90")]
    [InlineData("How long does delivery take?", "delivery_time", "business days")]
    [InlineData("Which payment methods do you accept?", "payment_methods", "PayPal")]
    [InlineData("My promo code does not work", "promo_code", "basket")]
    [InlineData("Where can I get an invoice?", "invoice_request", "Invoice")]
    [InlineData("Does the lamp have a warranty?", "warranty", "two years")]
    [InlineData("My item arrived damaged", "damaged_item", "photo")]
    [InlineData("Please delete my account", "close_account", "Settings")]
    [InlineData("Hi there!", "greeting", "help")]
    [InlineData("Thanks a lot, that helped!", "thanks", "welcome")]
    public async Task CommonQuestion_IsAnsweredFromItsSource_AndPassesTheGate(string message, string intent, string says)
    {
        var run = await _assistant.AnswerAsync(_assistant.Scope(message));

        Assert.Equal(intent, run.Intent);
        Assert.True(run.MayAnswer, run.Automation.Note);
        Assert.Contains(says, run.Text, StringComparison.Ordinal);
        Assert.NotEmpty(run.Scope.Draft.Proposed!.Sources);
        Assert.True(run.Verdict!.Passed, string.Join(' ', run.Verdict.Issues));
    }

    [Theory]
    [InlineData("¿Dónde está mi pedido? Lo espero desde hace dos semanas.", "es")]
    public async Task OtherLanguage_WithoutAModel_IsUnderstood(string message, string language)
    {
        var run = await _assistant.AnswerAsync(_assistant.Scope(message));

        Assert.Equal((language, "order_status"), (run.Scope.Draft.Language, run.Intent));
    }

    [Theory]
    [InlineData("You will hear from my lawyer about this return policy", "compliance")]
    [InlineData("I am furious, this is the third time my parcel is late! Terrible!", "sentiment")]
    [InlineData("asdkjh qwe zxcv", "intent")]
    [InlineData("I want to talk to a human", "intent")]
    public async Task Risk_BlocksAutomation_AndIsNamed(string message, string factor)
    {
        var run = await _assistant.AnswerAsync(_assistant.Scope(message));

        Assert.False(run.MayAnswer);
        var factors = ((IEnumerable<object?>)run.Automation.Outputs["risk_factors"]!).Cast<IReadOnlyDictionary<string, object?>>();
        Assert.Contains(factors, found => found["factor"] is string name && name == factor && found["blocks"] is true);
    }

    [Fact]
    public async Task Knowledge_InternalArticles_AreFlagged_AndNeverAnsweredFrom()
    {
        var scope = _assistant.Scope("complaint handling escalation");
        var found = await _assistant.RunAsync(_assistant.Knowledge, scope, null, ("query", "complaint handling escalation"), ("intent", "complaint"), ("include_internal_kb", true));
        var articles = ((IEnumerable<object?>)found.Outputs["relevant_articles"]!).Cast<IReadOnlyDictionary<string, object?>>().ToList();
        var inside = articles.Where(article => article["internal"] is true).ToList();
        Assert.NotEmpty(inside);

        // Also when a pipeline claims that it is public.
        var claimed = inside.Select(article => (object?)article.ToDictionary(field => field.Key, field => field.Key == "internal" ? false : field.Value)).ToList();
        var answered = await _assistant.RunAsync(_assistant.Respond, scope, null, ("intent", "complaint"), ("knowledge_base", claimed));
        Assert.Null(answered.Outputs["response_content"]);

        var without = await _assistant.RunAsync(_assistant.Knowledge, _assistant.Scope("complaint"), null, ("query", "complaint handling escalation"), ("intent", "complaint"));
        Assert.DoesNotContain(((IEnumerable<object?>)without.Outputs["relevant_articles"]!).Cast<IReadOnlyDictionary<string, object?>>(), article => article["internal"] is true);
    }

    [Fact]
    public async Task Respond_WithoutASource_SaysNothing()
    {
        var scope = _assistant.Scope("Tell me a joke");
        var result = await _assistant.RunAsync(_assistant.Respond, scope, null, ("intent", "jokes"), ("knowledge_base", new List<object?>()));

        Assert.Null(result.Outputs["response_content"]);
        Assert.Null(scope.Draft.Proposed);
    }

    [Fact]
    public async Task Respond_GreetsByName_OnceAndInTheCustomersTone()
    {
        var profile = new Dictionary<string, object?> { ["name"] = "Mei Kovacs", ["preferred_tone"] = "friendly" };
        async Task<string> Answer(string message, RunContext? before = null)
        {
            var scope = _assistant.Scope(message, before);
            var found = await _assistant.RunAsync(_assistant.Knowledge, scope, null, ("query", message), ("intent", "return_policy"));
            return (string)(await _assistant.RunAsync(_assistant.Respond, scope, null, ("intent", "return_policy"), ("knowledge_base", found.Outputs["relevant_articles"]), ("customer_profile", profile))).Outputs["response_content"]!;
        }

        Assert.StartsWith("Hi Mei,", await Answer("What is your return policy?"), StringComparison.Ordinal);
        Assert.StartsWith("Dear Mei Kovacs,", await Answer("Dear Sir or Madam, what is your return policy?"), StringComparison.Ordinal);
        var later = _assistant.Scope("").Context with { History = [new TranscriptLine(1, Author.Assistant, "Hello", _assistant.Time.GetUtcNow())] };
        Assert.DoesNotContain("Mei", await Answer("What is your return policy?", later), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_WithoutAnAnswer_IsNotApplicable()
    {
        var scope = _assistant.Scope("anything");
        var result = await _assistant.RunAsync(_assistant.Review, scope, null, ("response", null), ("intent_match", "complaint"));

        Assert.Equal("not_applicable", result.Outputs["compliance_status"]);
        Assert.Null(scope.Draft.Verdict);
    }

    [Fact]
    public async Task Review_OfATextThatWasNotComposedHere_HasNoSources()
    {
        var scope = _assistant.Scope("anything");
        await _assistant.RunAsync(_assistant.Review, scope, null, ("response", "You get $500 back."));

        Assert.False(scope.Draft.Verdict!.Passed);
    }

    [Fact]
    public async Task Sentiment_SwitchesAreObeyed()
    {
        var scope = _assistant.Scope("I am furious!!");
        var result = await _assistant.RunAsync(_assistant.Sentiment, scope, null, ("content", "I am furious!!"), ("detect_emotions", false), ("urgency_detection", false));

        Assert.Empty((IEnumerable<string>)result.Outputs["emotion_labels"]!);
        Assert.Equal("normal", result.Outputs["urgency_level"]);
        Assert.True((double)result.Outputs["sentiment_score"]! < -0.5);
    }

    [Fact]
    public void Decision_WithNothingAgainstIt_HasTheIntentsConfidence()
    {
        var decision = AutomationDecision.Of(new AutomationRules(), new AutomationCase("warranty", 0.9));

        Assert.True(decision.CanAutomate);
        Assert.Equal(0.9, decision.Confidence);
        Assert.Empty(decision.Factors);
    }

    [Fact]
    public void Decision_Thresholds_AreSettings()
    {
        var facts = new AutomationCase("warranty", 0.6) { Sentiment = -0.4, KnowledgeConfidence = 0.45 };
        Assert.True(AutomationDecision.Of(new AutomationRules(), facts).CanAutomate);
        Assert.False(AutomationDecision.Of(new AutomationRules { LeastIntentConfidence = 0.7 }, facts).CanAutomate);
        Assert.False(AutomationDecision.Of(new AutomationRules { LeastSentiment = -0.3 }, facts).CanAutomate);
        Assert.False(AutomationDecision.Of(new AutomationRules { LeastKnowledgeConfidence = 0.5 }, facts).CanAutomate);
        Assert.False(AutomationDecision.Of(new AutomationRules { PersonIntents = ["warranty"] }, facts).CanAutomate);
    }
}
