# language: fr
Fonctionnalité: Recommander, et expliquer pourquoi ceci
  Après l'analyse, un partenaire ou une instance recommande : un outil, une organisation, une offre. Chaque recommandation
  repose sur ce qui est connu, reçoit une réponse avec son motif, et reste suivie. Ce qui vient d'un texte dit ce qu'il
  demandait, ce que c'est devenu ici, ce qui a été adapté et pourquoi.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2024 au 31 décembre 2028
    Et que nous sommes le 20 mai 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec des constats sur la mobilité et la santé

  Scénario: Une recommandation au comité attend sa réponse, passe à l'ordre du jour, puis est suivie jusqu'à ce que ce soit fait
    Quand la Caf recommande « Un seul fichier des demandes » au comité de pilotage, sur un constat
    Alors c'est accepté
    Et la recommandation « Un seul fichier des demandes » est « attend une réponse »
    Et l'ordre du jour proposé contient « Recommandation à trancher »
    Étant donné que le comité de pilotage décide de « Ouvrir le fichier »
    Quand la recommandation « Un seul fichier des demandes » est « acceptée en partie », par la décision « Ouvrir le fichier »
    Alors c'est accepté
    Et la recommandation « Un seul fichier des demandes » est « acceptée en partie, à suivre »
    Et la décision « Ouvrir le fichier » se lit « suivie d'un acte »
    Quand la recommandation « Un seul fichier des demandes » est dite faite, « Le fichier est ouvert. »
    Alors c'est accepté
    Et la recommandation « Un seul fichier des demandes » est « faite »

  Scénario: Une recommandation que personne ne tranche se voit
    Quand la Caf recommande « Un seul fichier des demandes » au comité de pilotage, sur un constat
    Alors c'est accepté
    Étant donné que nous sommes le 20 juillet 2024
    Alors la recommandation « Un seul fichier des demandes » est « attend depuis longtemps »

  Scénario: Le partenaire à qui l'on recommande répond lui-même, et dit pourquoi il refuse
    Quand la Caf recommande « Deux agents formés » à la MSA, sur un constat
    Alors c'est accepté
    Quand la recommandation « Deux agents formés » est « refusée » par la CPAM
    Alors c'est refusé : « Votre rôle ne permet pas cet acte ici »
    Quand la recommandation « Deux agents formés » est « refusée » par la MSA
    Alors c'est accepté
    Et la recommandation « Deux agents formés » est « refusée »
    Quand la recommandation « Deux agents formés » est « acceptée » par la MSA
    Alors c'est refusé : « a sa réponse »
    Quand la recommandation « Deux agents formés » est dite faite, « Ils le sont. »
    Alors c'est refusé : « n'est pas acceptée »

  Scénario: Une recommandation repose sur quelque chose
    Quand la Caf recommande « Un seul fichier des demandes » au comité de pilotage, sans rien citer
    Alors c'est refusé : « ne repose sur rien »
    Quand la Caf recommande « Un seul fichier des demandes » au comité de pilotage, sur un constat inconnu
    Alors c'est refusé : « n'existe pas ici »

  Scénario: On ne se recommande rien à soi-même
    Quand la Caf recommande « Deux agents formés » à la Caf, sur un constat
    Alors c'est refusé : « à soi-même »

  @R08
  Scénario: Une instance répond par une décision de sa réunion
    Quand la Caf recommande « Un seul fichier des demandes » au comité de pilotage, sur un constat
    Alors c'est accepté
    Quand la recommandation « Un seul fichier des demandes » est « acceptée », sans décision
    Alors c'est refusé : « par une décision de sa réunion »

  Scénario: Ce qui est accepté est fait sur preuve, ou abandonné avec son motif, une seule fois
    Quand la Caf recommande « Deux agents formés » à la MSA, sur un constat
    Alors c'est accepté
    Quand la recommandation « Deux agents formés » est « acceptée » par la MSA
    Alors c'est accepté
    Quand la recommandation « Deux agents formés » est dite faite, sans preuve
    Alors c'est refusé : « Rien ne montre »
    Quand la recommandation « Deux agents formés » est abandonnée, « Les postes sont gelés. »
    Alors c'est accepté
    Et la recommandation « Deux agents formés » est « abandonnée »
    Quand la recommandation « Deux agents formés » est dite faite, « Ils le sont. »
    Alors c'est refusé : « n'attend plus rien »

  Scénario: Une note dit pourquoi une circulaire est devenue cette décision
    Étant donné que le comité de pilotage décide de « Une convention pour deux intercommunalités »
    Quand la Caf explique la décision « Une convention pour deux intercommunalités » par une circulaire nationale
    Alors c'est accepté
    Et 1 note explique ce qui est fait ici

  Scénario: Une note explique quelque chose d'ici
    Quand la Caf explique une circulaire nationale sans dire ce qu'elle est devenue ici
    Alors c'est refusé : « n'explique rien »
    Quand la Caf explique une priorité inconnue par une circulaire nationale
    Alors c'est refusé : « n'existe pas ici »
