/** What engine, project and main tell the artist, in French; by the English sentence (see ../language.ts). */
import type { Sentences } from '../language.ts'

export const sentences: Sentences = {
  'This step can not be undone or redone: the history of the project was damaged.':
    'Cette étape ne peut être ni annulée ni rétablie : l’historique du projet a été endommagé.',
  'No frame of this project is pinned.': 'Aucune image de ce projet n’est épinglée.',
  'Shots without a pin that look like pinned ones: {0} of {1} ({2} like one of another film). A frame of each is pinned in their colors; colorize carries them on.':
    'Plans sans épingle qui ressemblent à des plans épinglés : {0} sur {1} (dont {2} à un plan d’un autre film). Une image de chacun est épinglée avec leurs couleurs ; la colorisation les propage.',
  'Pins of films that are not where they were are left out: {0}.':
    'Les épingles de films qui ne sont plus à leur place sont laissées de côté : {0}.',
  'Pins of films that were replaced by others are left out: {0}.':
    'Les épingles de films qui ont été remplacés par d’autres sont laissées de côté : {0}.',
  'Pins that can not be read are left out, of: {0}.':
    'Les épingles qui ne peuvent pas être lues sont laissées de côté, celles de : {0}.',
  'The frame that was chosen is no longer pinned.': 'L’image choisie n’est plus épinglée.',
  'The film of “{0}” was replaced by another one.': 'Le film de « {0} » a été remplacé par un autre.',
  'Bring the film of before back, or link it anew; then try again.':
    'Remettez le film d’avant, ou reliez-le de nouveau ; puis réessayez.',
  'Bring it back, or say where it is now; then try again.':
    'Remettez-le en place, ou indiquez où il est maintenant ; puis réessayez.',
  'is transparent all over: there is nothing to take from it.':
    'est entièrement transparente : il n’y a rien à en prendre.',
  'Choose a picture that shows something.': 'Choisissez une image qui montre quelque chose.',
  'is gray all over: it has no colors to give.': 'est entièrement grise : elle n’a pas de couleurs à donner.',
  'Choose a picture in color.': 'Choisissez une image en couleurs.',
  'No shot without a pin looks like a pinned one.': 'Aucun plan sans épingle ne ressemble à un plan épinglé.',
  'Shots without a pin that look like pinned ones: {0} of {1}. A frame of each is pinned in their colors; colorize carries them on.':
    'Plans sans épingle qui ressemblent à des plans épinglés : {0} sur {1}. Une image de chacun est épinglée avec leurs couleurs ; la colorisation les propage.',
  'The film is still being looked through for its shots.': 'La recherche des plans du film est encore en cours.',
  'Try again when that is done.': 'Réessayez quand elle sera terminée.',
  'Give a frame of another shot its colors and pin it; then try again.':
    'Donnez ses couleurs à une image d’un autre plan et épinglez-la, puis réessayez.',
  'This installation has no network that carries colors from one picture to another.':
    'Cette installation n’a pas de réseau qui porte les couleurs d’une image à une autre.',
  'This marker is no longer in the project.': 'Ce repère n’est plus dans le projet.',
  'Frame {0} has a marker already.': 'L’image {0} porte déjà un repère.',
  'Choose another frame, or change the marker that is there.':
    'Choisissez une autre image, ou modifiez le repère qui s’y trouve.',
  'This marker is in the project already.': 'Ce repère est déjà dans le projet.',
  'Choose another frame for a new one.': 'Choisissez une autre image pour en poser un nouveau.',
  'This is no stroke that could go on.': 'Ce n’est pas un trait que l’on puisse prolonger.',
  'Draw a new one.': 'Tracez-en un nouveau.',
  'This stroke is as long as one can be.': 'Ce trait est aussi long qu’un trait peut l’être.',
  'Go on with a new one.': 'Continuez avec un nouveau trait.',
  'Go on from here; everything you see is kept. Save the project under a new name if you want to be sure.':
    'Continuez à partir d’ici ; tout ce que vous voyez est gardé. Pour plus de sûreté, enregistrez le projet sous ' +
    'un nouveau nom.',

  // Films and pictures that are opened
  'The sound of “{0}” can not be decoded; the film plays without it.':
    'Le son de « {0} » ne peut pas être décodé ; le film est lu sans lui.',
  'An export still carries over what can be copied as it is.':
    'Un export reprend toujours ce qui peut être copié tel quel.',
  '“{0}” was not found.': '« {0} » est introuvable.',
  'Check whether it was moved, renamed, or lies on a disk that is not connected.':
    'Vérifiez si le fichier a été déplacé ou renommé, ou s’il se trouve sur un disque qui n’est pas branché.',
  '“{0}” could not be reached.': '« {0} » n’a pas pu être atteint.',
  'Check the disk or the network drive it lies on, and try again.':
    'Vérifiez le disque ou le lecteur réseau où se trouve le fichier, puis réessayez.',
  'You may not read “{0}”.': 'Vous n’avez pas le droit de lire « {0} ».',
  'Change the permissions of the file, or copy it to a folder of your own.':
    'Changez les droits du fichier, ou copiez-le dans un dossier à vous.',
  '“{0}” is a folder.': '« {0} » est un dossier.',
  'Open a film file, or one picture of a numbered sequence inside the folder.':
    'Ouvrez un fichier de film, ou une image d’une séquence numérotée dans ce dossier.',
  'Choose a file.': 'Choisissez un fichier.',
  '“{0}” is not a file.': '« {0} » n’est pas un fichier.',
  'Open a film file.': 'Ouvrez un fichier de film.',
  '“{0}” is empty: it holds zero bytes.': '« {0} » est vide : le fichier fait zéro octet.',
  'Copy the film again from where it came from.': 'Copiez de nouveau le film depuis l’endroit d’où il vient.',
  '“{0}” {1}': '« {0} » {1}',
  'is cut off: the part that says where its pictures lie is missing.':
    'est tronqué : la partie qui dit où se trouvent ses images manque.',
  'is damaged: none of its pictures can be decoded.': 'est endommagé : aucune de ses images ne peut être décodée.',
  'is damaged: the coloring it held can not be read.':
    'est endommagé : la colorisation qu’il contenait ne peut pas être lue.',
  'Pin the frame again, or bring the project back from a backup.':
    'Épinglez de nouveau l’image, ou reprenez le projet depuis une sauvegarde.',
  'has another shape than the film: it is {0} × {1}, the film {2} × {3}.':
    'n’a pas la forme du film : il fait {0} × {1}, le film {2} × {3}.',
  'Crop or extend the picture so that it shows exactly what the frame shows.':
    'Rognez ou étendez le fichier image pour qu’il montre exactement ce que montre l’image du film.',
  'can not be read as a picture.': 'ne peut pas être lu comme image.',
  'Save it again as PNG, TIFF or JPEG.': 'Enregistrez-le de nouveau en PNG, TIFF ou JPEG.',
  'Copy it again from where it came from, or repair it with the tool that made it.':
    'Copiez-le de nouveau depuis l’endroit d’où il vient, ou réparez-le avec l’outil qui l’a produit.',
  'Copy the film again from where it came from, or repair it with the tool that made it.':
    'Copiez de nouveau le film depuis l’endroit d’où il vient, ou réparez-le avec l’outil qui l’a produit.',
  '“{0}” is not a film that can be read.': '« {0} » n’est pas un film lisible.',
  'The program ffmpeg got no further with “{0}” and was ended.':
    'Le programme ffmpeg n’avançait plus avec « {0} » ; il a été arrêté.',
  'The program ffmpeg took more memory for “{0}” than a film needs, and was ended.':
    'Le programme ffmpeg occupait pour « {0} » plus de mémoire qu’un film n’en demande ; il a été arrêté.',
  'The film may be damaged. Copy it again from where it came from, or have the tool that made it write a smaller one.':
    'Le film est peut-être endommagé. Copiez-le de nouveau depuis l’endroit d’où il vient, ou faites-en écrire un plus ' +
    'petit par l’outil qui l’a produit.',
  'Copy the film to a disk of this computer and try again. If that does not help, copy it again from where it came from.':
    'Copiez le film sur un disque de cet ordinateur et réessayez. Si cela ne suffit pas, copiez-le de nouveau depuis ' +
    'l’endroit d’où il vient.',
  'has pictures of more than {0} million pixels, which are too large.':
    'a des images de plus de {0} millions de pixels : elles sont trop grandes.',
  'Make a smaller copy with the tool that made it.': 'Faites-en une copie plus petite avec l’outil qui l’a produit.',
  '“{0}” holds text, not a film.': '« {0} » contient du texte, pas un film.',
  'Open a film file such as mp4, mov, mkv, avi or mxf.': 'Ouvrez un fichier de film tel que mp4, mov, mkv, avi ou mxf.',
  '“{0}” holds {1}.': '« {0} » ne contient {1}.',
  'only sound': 'que du son',
  'no pictures': 'aucune image',
  'Open a file that holds pictures.': 'Ouvrez un fichier qui contient des images.',
  'The pictures of “{0}” are in a form that this ffmpeg can not decode.':
    'Les images de « {0} » sont sous une forme que ce ffmpeg ne sait pas décoder.',
  'Convert the film with the tool that made it, for example to ProRes or FFV1.':
    'Convertissez le film avec l’outil qui l’a produit, par exemple en ProRes ou en FFV1.',
  'The pictures of “{0}” can not be decoded.': 'Les images de « {0} » ne peuvent pas être décodées.',
  '“{0}” could not be read to its end: its disk may have been disconnected.':
    '« {0} » n’a pas pu être lu jusqu’au bout : son disque a peut-être été débranché.',
  '“{0}” holds {1} pictures, of which only the first is opened. Save them as files with numbers to open all of them as a film.':
    '« {0} » contient {1} images, dont seule la première est ouverte. Enregistrez-les en fichiers numérotés pour les ouvrir toutes comme un film.',
  '“{0}” is no longer where it was.': '« {0} » n’est plus à sa place.',
  'A picture of “{0}” is no longer where it was.': 'Une image de « {0} » n’est plus à sa place.',
  'It was moved, renamed or deleted, or its disk is away. Bring it back, or say where it lies now.':
    'Le fichier a été déplacé, renommé ou supprimé, ou son disque manque. Remettez-le à sa place, ou dites où il se trouve maintenant.',
  '“{0}” could not be read to its end: the decoder was ended from outside.':
    '« {0} » n’a pas pu être lu jusqu’au bout : le décodeur a été arrêté de l’extérieur.',
  'Try again. If the computer is short of memory, close other programs first.':
    'Réessayez. Si l’ordinateur manque de mémoire, fermez d’abord d’autres programmes.',
  '“{0}” was changed while it was open.': '« {0} » a été modifié pendant qu’il était ouvert.',
  'Wait until nothing writes to the film any more, then open it again.':
    'Attendez que plus rien n’écrive dans le film, puis ouvrez-le de nouveau.',
  '“{0}” can not be read as it was when it was opened.': '« {0} » ne peut plus être lu comme à son ouverture.',
  'Check that its disk is connected and that the film is whole, then open it again.':
    'Vérifiez que son disque est branché et que le film est entier, puis ouvrez-le de nouveau.',
  'Check that the film is still where it was and that its disk is connected, then try again.':
    'Vérifiez que le film est toujours à sa place et que son disque est branché, puis réessayez.',
  'You may not read the picture {0}.': 'Vous n’avez pas le droit de lire l’image {0}.',
  '{0} is a folder, not a picture.': '{0} est un dossier, pas une image.',
  'Choose a picture file.': 'Choisissez un fichier image.',
  'The picture {0} was not found.': 'L’image {0} est introuvable.',
  'Check whether it was moved or renamed, and choose it again.':
    'Vérifiez si elle a été déplacée ou renommée, et choisissez-la de nouveau.',
  'The picture {0} is empty: it holds zero bytes.': 'L’image {0} est vide : le fichier fait zéro octet.',
  'Save it again.': 'Enregistrez-la de nouveau.',
  '“{0}” does not look like a picture.': '« {0} » ne ressemble pas à une image.',
  'Choose a PNG, JPEG or TIFF file.': 'Choisissez un fichier PNG, JPEG ou TIFF.',
  '“{0}” is empty.': '« {0} » est vide.',
  'Choose another picture.': 'Choisissez une autre image.',

  // What is to be known about a film
  '“{0}” is missing, so only the {1} pictures from “{2}” on are opened.': {
    by: 1,
    one: '« {0} » manque : seule l’image « {2} » est ouverte ({1}).',
    other: '« {0} » manque : seules les {1} images à partir de « {2} » sont ouvertes.',
  },
  'The pictures do not say their frame rate; {0} frames per second are assumed.':
    'Les images ne disent pas leur cadence ; elle est supposée de {0} images par seconde.',
  '“{0}” and “{1}” are missing, so only the {2} pictures from “{3}” on are opened.': {
    by: 2,
    one: '« {0} » et « {1} » manquent : seule l’image « {3} » est ouverte ({2}).',
    other: '« {0} » et « {1} » manquent : seules les {2} images à partir de « {3} » sont ouvertes.',
  },
  '“{0}” and “{1}” are missing, so only the picture “{2}” is opened.':
    '« {0} » et « {1} » manquent : seule l’image « {2} » est ouverte.',
  '“{0}” is missing, so only the picture “{1}” is opened.': '« {0} » manque : seule l’image « {1} » est ouverte.',
  'Frame {0} can not be decoded; the frame before is shown in its place.':
    'L’image {0} ne peut pas être décodée ; l’image précédente est montrée à sa place.',
  'Frames {0} can not be decoded; the frame before is shown in their place.':
    'Les images {0} ne peuvent pas être décodées ; l’image précédente est montrée à leur place.',
  '{0} and {1}': '{0} et {1}',
  '{0} s': '{0} s',
  '{0} min {1} s': '{0} min {1} s',
  'Frame 0 can not be decoded; the frame after is shown in its place.':
    'L’image 0 ne peut pas être décodée ; l’image suivante est montrée à sa place.',
  'Frames {0} can not be decoded; the frame after is shown in their place.':
    'Les images {0} ne peuvent pas être décodées ; l’image suivante est montrée à leur place.',
  'Frame {0} is damaged: a part of its picture is lost or wrong.':
    'L’image {0} est endommagée : une partie en est perdue ou fausse.',
  'Frames {0} are damaged: parts of their pictures are lost or wrong.':
    'Les images {0} sont endommagées : des parties en sont perdues ou fausses.',
  'The file is damaged: {0} of its pictures can not be found. Copy it again.': {
    by: 0,
    one: 'Le fichier est endommagé : {0} de ses images est introuvable. Copiez-le de nouveau.',
    other: 'Le fichier est endommagé : {0} de ses images sont introuvables. Copiez-le de nouveau.',
  },
  'The film is cut off: its last pictures are incomplete and are left out.':
    'Le film est tronqué : ses dernières images sont incomplètes et sont laissées de côté.',
  'The end of the file is missing: the film is cut off, or is still being written.':
    'La fin du fichier manque : le film est tronqué, ou est encore en cours d’écriture.',
  'The film is shorter than its container says; it may be cut off.':
    'Le film est plus court que ne l’annonce son conteneur ; il est peut-être tronqué.',
  'The frame rate varies; every frame keeps its own time in exports.':
    'La cadence varie ; à l’exportation, chaque image garde son propre instant.',
  'Some pictures of the film are interlaced, most are not. All are taken for progressive.':
    'Certaines images du film sont entrelacées, la plupart ne le sont pas. Toutes sont considérées comme progressives.',
  'Most pictures of the film are interlaced, some are not. All are taken for interlaced.':
    'La plupart des images du film sont entrelacées, certaines ne le sont pas. Toutes sont considérées comme entrelacées.',
  'From frame {0} on, pictures say that their bottom field comes first, not the top one as before. All are taken as the first ones are. If motion judders there, cut the recordings apart and open each by itself.':
    'À partir de l’image {0}, les images disent que leur trame inférieure vient en premier, et non la supérieure comme avant. Toutes sont prises pour ce que sont les premières. Si le mouvement y saccade, séparez les enregistrements et ouvrez chacun à part.',
  'From frame {0} on, pictures say that their top field comes first, not the bottom one as before. All are taken as the first ones are. If motion judders there, cut the recordings apart and open each by itself.':
    'À partir de l’image {0}, les images disent que leur trame supérieure vient en premier, et non l’inférieure comme avant. Toutes sont prises pour ce que sont les premières. Si le mouvement y saccade, séparez les enregistrements et ouvrez chacun à part.',
  'The film is interlaced; it is colored as stored, without deinterlacing.':
    'Le film est entrelacé ; il est colorisé tel qu’il est stocké, sans désentrelacement.',
  'The film has transparency, which is not kept.': 'Le film comporte de la transparence, qui n’est pas conservée.',
  full: 'complète',
  limited: 'limitée',
  'Within the film, pictures are called of another tonal range ({0}) than the first ones ({1}). All are taken for what the first ones are, and keep their samples.':
    'Dans le film, des images se disent d’une autre plage de tons ({0}) que les premières ({1}). Toutes sont prises pour ce que sont les premières, et gardent leurs valeurs.',
  'From frame {0} on, pictures are called of another tonal range ({1}) than the first ones ({2}). All are taken for what the first ones are, and keep their samples.':
    'À partir de l’image {0}, les images se disent d’une autre plage de tons ({1}) que les premières ({2}). Toutes sont prises pour ce que sont les premières, et gardent leurs valeurs.',
  'The film does not say its tonal range; full range is assumed, as is usual for gray pictures.':
    'Le film ne dit pas sa plage tonale ; la plage complète est supposée, comme d’usage pour des images en gris.',
  'The pictures are stored as RGB; they are worked on as full-range BT.709.':
    'Les images sont stockées en RVB ; elles sont traitées en BT.709 à plage complète.',
  'The film of “{0}” is not where it was.': 'Le film de « {0} » n’est plus à sa place.',
  'Say where it is now.': 'Indiquez où il se trouve maintenant.',
  'Some colors of “{0}” had to make way for later ones: the color cache is too small for this film.':
    'Des couleurs de « {0} » ont dû céder la place à de plus récentes : le cache des couleurs est trop petit pour ce film.',
  'Let it be larger in the settings, and colorize the film again.':
    'Agrandissez-le dans les réglages, puis colorisez de nouveau le film.',
  'This film is not open at the moment.': 'Ce film n’est pas ouvert en ce moment.',
  'It is opened again by itself as soon as its file can be read.':
    'Il se rouvre de lui-même dès que son fichier peut être lu.',
  'This film has {0} frames; frame {1} is not among them.': {
    by: 0,
    one: 'Ce film a {0} image ; l’image {1} n’en fait pas partie.',
    other: 'Ce film a {0} images ; l’image {1} n’en fait pas partie.',
  },
  'Choose a frame of the film.': 'Choisissez une image du film.',
  'Choose a frame of the film; the first one is frame 0.': 'Choisissez une image du film ; la première est l’image 0.',
  'The film has frames 0 to {0}.': 'Le film a les images 0 à {0}.',
  'Choose a part that lies within the film.': 'Choisissez une partie comprise dans le film.',
  'Choose one of them.': 'Choisissez l’une d’elles.',
  'Frames {0} are in color already. They are colored anew, unless their shots are told to keep their own colors.':
    'Images déjà en couleur : {0}. Elles seront recolorisées, sauf si leurs plans doivent garder leurs couleurs ' +
    'd’origine.',
  'Frames {0} are tinted. The tint is taken for none of the picture’s colors; they are colored like gray ones.':
    'Images teintées : {0}. La teinte n’est pas prise pour une couleur de l’image ; elles sont colorisées comme ' +
    'des images grises.',
  '{0} more': { by: 0, one: '{0} autre', other: '{0} autres' },
  '{0}, {1}': '{0}, {1}',

  // Coloring
  'The coloring of the pin at frame {0} could not be read.':
    'La colorisation de l’épingle à l’image {0} n’a pas pu être lue.',
  'Pin the frame again, or remove its pin; then color the frames beside it.':
    'Épinglez de nouveau l’image, ou retirez son épingle ; puis colorisez les images voisines.',
  'A reference picture of this frame is missing from the project.':
    'Une image de référence de cette image manque au projet.',
  'Bring the picture in again, or remove the reference from the frame.':
    'Apportez-la de nouveau, ou retirez la référence de l’image.',
  'There is no room left for the colors that were computed.': 'Il ne reste plus de place pour les couleurs calculées.',
  'Free some space on the disk that holds the color cache, then start again.':
    'Libérez de l’espace sur le disque qui contient le cache des couleurs, puis recommencez.',
  'The part of the program that computes colors stopped.':
    'La partie du programme qui calcule les couleurs s’est arrêtée.',
  'The part of the program that computes colors has stopped {0} times within a minute.':
    'La partie du programme qui calcule les couleurs s’est arrêtée {0} fois en une minute.',
  'Your edits and all finished colors are kept. It is started again with the next thing that you do; if it goes on stopping, take back your last edit, or restart the computer.':
    'Vos retouches et toutes les couleurs terminées sont gardées. Elle redémarre dès que vous poursuivez ; si elle ' +
    's’arrête encore, annulez votre dernière retouche ou redémarrez l’ordinateur.',
  'Finished colors are kept. Try the last step again; if it stops again, restart the program.':
    'Les couleurs terminées sont gardées. Réessayez la dernière étape ; si elle s’arrête de nouveau, relancez le ' +
    'programme.',
  'The sample film could not be written.': 'Le film d’exemple n’a pas pu être écrit.',
  'Free some space on the disk, or open a film of your own.':
    'Libérez de l’espace sur le disque, ou ouvrez un film à vous.',
  'Coloring waits for the shots to be found.': 'La colorisation attend que les plans soient trouvés.',
  'Start it again when you are ready.': 'Relancez-la quand vous serez prêt.',
  'The colors of one locked frame were no longer there; the color model has colored it anew. Look whether it fits.':
    'Les couleurs d’une image verrouillée n’étaient plus là ; le modèle l’a recolorisée. Vérifiez si le résultat ' +
    'convient.',
  'The colors of {0} locked frames were no longer there; the color model has colored them anew. Look whether they fit.':
    'Les couleurs de {0} images verrouillées n’étaient plus là ; le modèle les a recolorisées. Vérifiez si le ' +
    'résultat convient.',
  'What a locked region keeps was no longer there on one frame; there it shows the colors of the rest.':
    'Ce que garde une zone verrouillée n’était plus là sur une image ; elle y montre les couleurs du reste.',
  'What a locked region keeps was no longer there on {0} frames; there it shows the colors of the rest.':
    'Ce que garde une zone verrouillée n’était plus là sur {0} images ; elle y montre les couleurs du reste.',

  // Export
  'The disk is full; the export was stopped. What is finished of it is kept beside its target.':
    'Le disque est plein ; l’exportation a été arrêtée. Ce qui en est terminé est gardé à côté de sa destination.',
  'Make room on the disk that holds “{0}”, and order the same export again: it goes on from there.':
    'Libérez de l’espace sur le disque qui contient « {0} », puis redemandez la même exportation : elle reprend de là.',
  'All frames of “{0}” were there from an export that was ended before its time.':
    'Toutes les images de « {0} » étaient là, d’une exportation interrompue.',
  'An export of “{0}” was ended before its time; this one went on from frame {1}.':
    'Une exportation de « {0} » avait été interrompue ; celle-ci a repris à l’image {1}.',
  'The export needs about {0} of room while it is written, and the disk has {1}.':
    'L’exportation demande environ {0} d’espace pendant qu’elle est écrite, et le disque en a {1}.',
  'Make room on the disk that holds “{0}”, or choose another one.':
    'Libérez de l’espace sur le disque qui contient « {0} », ou choisissez-en un autre.',
  '{0} GB': '{0} Go',
  '{0} MB': '{0} Mo',
  'The folder for temporary files, “{0}”, is full.': 'Le dossier des fichiers temporaires, « {0} », est plein.',
  'Make room on its disk, or have the variable {0} name another folder, and start again.':
    'Libérez de l’espace sur son disque, ou faites désigner un autre dossier par la variable {0}, puis recommencez.',
  'The folder for temporary files, “{0}”, is not there.': 'Le dossier des fichiers temporaires, « {0} », n’existe pas.',
  'Create it, or have the variable {0} name another folder, and start again.':
    'Créez-le, ou faites désigner un autre dossier par la variable {0}, puis recommencez.',
  'Nothing can be written in the folder for temporary files, “{0}”.':
    'Rien ne peut être écrit dans le dossier des fichiers temporaires, « {0} ».',
  'Change its permissions, or have the variable {0} name another folder, and start again.':
    'Changez ses droits, ou faites désigner un autre dossier par la variable {0}, puis recommencez.',
  '“{0}” could not be read for its checksum; there is none beside it.':
    '« {0} » n’a pas pu être lu pour sa somme de contrôle ; il n’y en a pas à côté.',
  '“{0}” was the report of the film that was replaced; it is removed.':
    '« {0} » était le rapport du film remplacé ; il est supprimé.',
  '“{0}” is the report of the film that was replaced, and could not be removed. {1}':
    '« {0} » est le rapport du film remplacé, et n’a pas pu être supprimé. {1}',
  '“{0}” was the report of an earlier film of that name; it is removed.':
    '« {0} » était le rapport d’un film précédent de ce nom ; il est supprimé.',
  '“{0}” is the report of an earlier film of that name, and could not be removed. {1}':
    '« {0} » est le rapport d’un film précédent de ce nom, et n’a pas pu être supprimé. {1}',
  'The timecode of {0} files counts no more than {1} frames a second; these pictures have none.':
    'Le timecode des fichiers {0} ne compte pas plus de {1} images par seconde ; ces images n’en ont pas.',
  'The disk is full; the export was stopped and its unfinished file removed.':
    'Le disque est plein ; l’exportation a été arrêtée et son fichier inachevé supprimé.',
  'Make room on the disk that holds “{0}”, or choose another one, and export again.':
    'Libérez de l’espace sur le disque qui contient « {0} », ou choisissez-en un autre, puis exportez de nouveau.',
  'You may not write in the folder “{0}”.': 'Vous n’avez pas le droit d’écrire dans le dossier « {0} ».',
  'Choose another folder, or change its permissions.': 'Choisissez un autre dossier, ou changez ses droits.',
  '“{0}” is already there.': '« {0} » existe déjà.',
  'Choose another name, or take that file away first.': 'Choisissez un autre nom, ou enlevez d’abord ce fichier.',
  'The folder “{0}” is not there.': 'Le dossier « {0} » n’existe pas.',
  'Create it, connect its disk, or choose another folder.':
    'Créez-le, branchez son disque, ou choisissez un autre dossier.',
  '“{0}” is a folder that is already there.': '« {0} » est un dossier qui existe déjà.',
  'Choose another name for the export.': 'Choisissez un autre nom pour l’exportation.',
  '{0} needs {1}; its pictures would be {2} × {3}.': '{0} demande {1} ; les images feraient {2} × {3}.',
  'an even width and height': 'une largeur et une hauteur paires',
  'an even width': 'une largeur paire',
  'at least {0} × {1} pixels': 'au moins {0} × {1} pixels',
  '{0} files can not hold {1} sound; it is converted to PCM.':
    'Les fichiers {0} ne peuvent pas contenir de son {1} ; il est converti en PCM.',
  '{0} files can not hold {1} sound; it is converted to AAC.':
    'Les fichiers {0} ne peuvent pas contenir de son {1} ; il est converti en AAC.',
  '{0} files can not hold the {1} channels of the {2} sound; they are mixed down to stereo.':
    'Les fichiers {0} ne peuvent pas contenir les {1} canaux du son {2} ; ils sont réduits à la stéréo.',
  '{0} files can not hold how {1} subtitles look; their text is kept.':
    'Les fichiers {0} ne peuvent pas contenir l’aspect des sous-titres {1} ; leur texte est conservé.',
  '{0} is missing from the export.': '{0} manque dans le film exporté.',
  '{0} stands {1} s off the pictures in the export.':
    '{0} est décalée de {1} s par rapport aux images du film exporté.',
  '{0} has {1} of its {2} packets in the export.': '{0} a {1} de ses {2} paquets dans le film exporté.',
  'The times of the export’s pictures do not rise; players may skip some.':
    'Les instants des images exportées ne sont pas croissants ; certains lecteurs pourraient en sauter.',
  'The export’s first picture is at {0} s instead of {1} s.':
    'La première image exportée se trouve à {0} s au lieu de {1} s.',
  'The export ends at {0} s instead of {1} s.': 'Le film exporté se termine à {0} s au lieu de {1} s.',
  'This ffmpeg did not mark the export’s pictures as interlaced in the film’s order.':
    'Ce ffmpeg n’a pas signalé les images exportées comme entrelacées dans l’ordre du film.',
  'The export’s pixels have the shape {0} instead of {1}.':
    'Les pixels du film exporté ont le format {0} au lieu de {1}.',
  'This ffmpeg did not write all color tags into the export.':
    'Ce ffmpeg n’a pas inscrit toutes les indications de couleur dans le film exporté.',
  'This ffmpeg could not write the timecode {0} into the export.':
    'Ce ffmpeg n’a pas pu inscrire le timecode {0} dans le film exporté.',
  'Not all subtitles have reached the export.': 'Tous les sous-titres ne sont pas arrivés dans le film exporté.',
  'Not all covers have reached the export.':
    'Toutes les images de couverture ne sont pas arrivées dans le film exporté.',
  '{0} is damaged: where it can not be decoded, nothing of it is in the export.':
    '{0} est endommagée : là où elle ne peut être décodée, elle manque dans le film exporté.',
  '{0} is damaged; it can not be copied to its end.':
    '{0} est endommagée ; elle ne peut pas être copiée jusqu’au bout.',
  '{0} is {1} s shorter in the export than in the film.':
    '{0} est plus courte de {1} s dans le film exporté que dans l’original.',
  'The export is finished, but could not be compared with the film: {0}':
    'L’exportation est terminée, mais n’a pas pu être comparée au film : {0}',
  'The export is finished, but could not be read back.': 'L’exportation est terminée, mais n’a pas pu être relue.',
  '{0} {1}': '{0} {1}',
  'The export lacks pictures that were written: ffmpeg has lost some.':
    'Il manque au film exporté des images qui avaient été écrites : ffmpeg en a perdu.',
  'Its pictures are all there: it is kept as “{0}”, in case it will do. Otherwise choose another format.':
    'Toutes les images y sont : elle est gardée sous le nom « {0} », au cas où elle suffirait. Sinon, choisissez un autre format.',
  'What there is of it is kept as “{0}”. Try again, or choose another format. The footage is unharmed.':
    'Ce qu’il y en a est gardé sous le nom « {0} ». Réessayez, ou choisissez un autre format. L’original est intact.',
  'This ffmpeg did not mark the export’s range of luma as it is; players may show it with too much or too little contrast.':
    'Ce ffmpeg n’a pas inscrit la plage de luminance du film exporté telle qu’elle est ; certains lecteurs ' +
    'pourraient le montrer avec trop ou trop peu de contraste.',
  'Sound track {0} ({1})': 'Piste son {0} ({1})',
  'Subtitle track {0} ({1})': 'Piste de sous-titres {0} ({1})',
  'Cover picture {0} ({1})': 'Image de couverture {0} ({1})',
  'Data track {0} ({1})': 'Piste de données {0} ({1})',
  'Attachment {0} ({1})': 'Pièce jointe {0} ({1})',
  '{0} is encrypted; it is left out.': '{0} est chiffrée ; elle est laissée de côté.',
  '{0} belongs to another program of the file; it is left out.':
    '{0} appartient à un autre programme du fichier ; elle est laissée de côté.',
  '{0} can not be read by this ffmpeg; it is left out.':
    '{0} ne peut pas être lue par ce ffmpeg ; elle est laissée de côté.',
  '{0} is empty; it is left out.': '{0} est vide ; elle est laissée de côté.',
  '{0} can not be taken over into {1} files; it is left out.':
    '{0} ne peut pas être reprise dans les fichiers {1} ; elle est laissée de côté.',
  'The file holds other pictures beside the film ({0}); they are left out.':
    'Le fichier contient d’autres images que le film ({0}) ; elles sont laissées de côté.',
  'The closed captions within the pictures can not be taken over; they are left out.':
    'Les sous-titres codés que portent les images ne peuvent pas être repris ; ils sont laissés de côté.',
  'Which pictures the closed captions belong to could not be found out; they are left out.':
    'On n’a pas pu savoir à quelles images appartiennent les sous-titres codés ; ils sont laissés de côté.',
  'The closed captions within the pictures are a track of their own in the export (CEA-608).':
    'Les sous-titres codés que portent les images forment une piste à part dans le film exporté (CEA-608).',
  'What closed captions say in CEA-708 or in the second field is not in it.':
    'Ce que les sous-titres codés disent en CEA-708 ou dans la seconde trame n’y est pas.',
  'The closed captions within the pictures are a track of subtitles in the export; their text is kept.':
    'Les sous-titres codés que portent les images forment une piste de sous-titres dans le film exporté ; leur texte est conservé.',
  'The closed captions within the pictures have no form (CEA-608, first field) that {0} files can hold; they are left out.':
    'Les sous-titres codés que portent les images n’ont aucune forme (CEA-608, première trame) que les fichiers {0} puissent contenir ; ils sont laissés de côté.',
  'The closed captions of the export are not those of the film.':
    'Les sous-titres codés du film exporté ne sont pas ceux du film.',
  'No text could be made of the closed captions.': 'Les sous-titres codés n’ont pas pu être mis en texte.',
  'Closed captions are the film’s.': 'Les sous-titres codés sont ceux du film.',
  'The film’s timecode “{0}” does not exist at its frame rate; the export has none.':
    'Le timecode « {0} » du film n’existe pas à sa cadence ; le film exporté n’en a pas.',
  'The frame rate varies, so what the timecode is at the start of this part is not known; the export has none.':
    'La cadence varie, si bien que le timecode au début de cette partie n’est pas connu ; le film exporté n’en a pas.',
  'The film’s timecode “{0}” counts as drop-frame, which its frame rate does not have; the export’s starts at “{1}”.':
    'Le timecode « {0} » du film compte en drop-frame, ce que sa cadence n’admet pas ; celui du film exporté ' +
    'commence à « {1} ».',
  'Check that the disk is still connected, and try again. The footage is unharmed.':
    'Vérifiez que le disque est toujours branché, puis réessayez. L’original est intact.',
  'Try again, or choose another format; the details name the cause. The footage is unharmed.':
    'Réessayez, ou choisissez un autre format ; les détails indiquent la cause. L’original est intact.',
  'Pictures carry no sound; the film’s sound is not in this export.':
    'Des images ne portent pas de son ; celui du film n’est pas dans cette exportation.',
  'The film is stored turned, and this ffmpeg can not note that in Matroska files; turn the picture when showing it.':
    'Le film est stocké tourné, et ce ffmpeg ne sait pas l’inscrire dans les fichiers Matroska ; tournez l’image à ' +
    'la projection.',
  'The film could not be written: ffmpeg stopped.': 'Le film n’a pas pu être écrit : ffmpeg s’est arrêté.',
  'The picture could not be written: ffmpeg stopped.': 'L’image n’a pas pu être écrite : ffmpeg s’est arrêté.',
  'Try again, or choose another place. The footage is unharmed.':
    'Réessayez, ou choisissez un autre emplacement. L’original est intact.',
  'Choose a name without an ending; the pictures are put in a folder of that name.':
    'Choisissez un nom sans extension ; les images sont placées dans un dossier de ce nom.',
  'Choose a name that ends in {0}.': 'Choisissez un nom qui se termine par {0}.',
  '“{0}” is the name of another kind of file than {1}.': '« {0} » est le nom d’un autre type de fichier que {1}.',
  'Nothing could be written in the folder “{0}”.': 'Rien n’a pu être écrit dans le dossier « {0} ».',
  'Check that its disk is still connected, or choose another folder.':
    'Vérifiez que son disque est toujours branché, ou choisissez un autre dossier.',
  '“{0}” belongs to the films and pictures that the project is made of.':
    '« {0} » fait partie des films et des images dont le projet est fait.',
  'Choose another name or folder; originals are never written over.':
    'Choisissez un autre nom ou un autre dossier ; les originaux ne sont jamais écrasés.',
  'The export is finished, but “{0}” could not be had as its name.':
    'L’exportation est terminée, mais le nom « {0} » n’a pas pu être obtenu.',
  'It is kept as “{0}” in the folder “{1}”; give it a name when the disk can be written again.':
    'Elle est gardée sous le nom « {0} » dans le dossier « {1} » ; renommez-la quand on pourra de nouveau écrire ' +
    'sur le disque.',
  '“{0}” could not be had as a name when the export was finished; it is kept as “{1}”.':
    'Le nom « {0} » n’a pas pu être obtenu à la fin de l’exportation ; elle est gardée sous le nom « {1} ».',
  '{0} has no interlaced form; both fields are written as the lines of one whole frame.':
    '{0} n’a pas de forme entrelacée ; les deux trames sont écrites comme les lignes d’une image entière.',

  // Editing
  'This clip is no longer in the project.': 'Ce film n’est plus dans le projet.',
  'Undo its removal, or choose another clip.': 'Annulez son retrait, ou choisissez un autre film.',
  'Choose another one.': 'Choisissez-en un autre.',
  'This clip is in the project already.': 'Ce film est déjà dans le projet.',
  'Choose another film.': 'Choisissez un autre film.',
  'There is no such place in the list of clips.': 'Cette place n’existe pas dans la liste des films.',
  'Drop the clip on or between others.': 'Déposez le film sur d’autres ou entre eux.',
  '“{0}” has no frame {1}.': '« {0} » n’a pas d’image {1}.',
  'Choose a frame from 0 to {0}.': 'Choisissez une image de 0 à {0}.',
  'The range holds no frame.': 'La plage ne contient aucune image.',
  'Set its end after its beginning.': 'Placez sa fin après son début.',
  'Nothing was changed on frame {0} yet.': 'Rien n’a encore été modifié sur l’image {0}.',
  'Choose a frame that carries edits.': 'Choisissez une image qui porte des retouches.',
  'Frame {0} is not pinned.': 'L’image {0} n’est pas épinglée.',
  'Choose a pinned frame.': 'Choisissez une image épinglée.',
  'This shot is no longer there.': 'Ce plan n’existe plus.',
  'This edit is no longer there.': 'Cette retouche n’existe plus.',
  'This lock is no longer there.': 'Ce verrou n’existe plus.',
  'It may have been removed just before; undo brings it back.':
    'Il vient peut-être d’être supprimé ; « Annuler » le fait revenir.',
  'There is no cut at frame {0}.': 'Il n’y a pas de coupe à l’image {0}.',
  'Choose the first frame of a shot.': 'Choisissez la première image d’un plan.',
  'A shot begins at frame {0} already.': 'Un plan commence déjà à l’image {0}.',
  'Choose a frame inside a shot.': 'Choisissez une image à l’intérieur d’un plan.',
  'A cut can not be moved past the next one.': 'Une coupe ne peut pas être déplacée au-delà de la suivante.',
  'Move it to a frame from {0} to {1}, or join the shots.':
    'Déplacez-la sur une image de {0} à {1}, ou réunissez les plans.',
  'This named color is no longer in the project.': 'Cette couleur nommée n’est plus dans le projet.',
  'Choose another color, or undo its removal.': 'Choisissez une autre couleur, ou annulez sa suppression.',
  'This edit is on the frame already.': 'Cette retouche est déjà sur l’image.',
  'Change it instead of adding it again.': 'Modifiez-la au lieu de l’ajouter de nouveau.',
  'There is no such place in the list of edits.': 'Cette place n’existe pas dans la liste des retouches.',
  'Drop the edit on or between others.': 'Déposez la retouche sur d’autres ou entre elles.',
  'Frame {0} has no edits to copy.': 'L’image {0} n’a pas de retouches à copier.',
  'Frame {0} is pinned and needs a coloring of its own.':
    'L’image {0} est épinglée et a besoin d’une colorisation à elle.',
  'Unpin the frame first.': 'Retirez d’abord l’épingle de l’image.',
  'This color is in the project already.': 'Cette couleur est déjà dans le projet.',
  'Change it instead.': 'Modifiez-la plutôt.',
  'Frame {0} has no coloring yet that could be pinned.':
    'L’image {0} n’a pas encore de colorisation que l’on puisse épingler.',
  'Colorize it, or give it a colored picture, and pin it then.':
    'Colorisez-la, ou donnez-lui un fichier image en couleur, puis épinglez-la.',
  'Frame {0} is pinned already.': 'L’image {0} est déjà épinglée.',
  'Choose another frame, or unpin that one first.':
    'Choisissez une autre image, ou retirez d’abord l’épingle de celle-ci.',
  'Frame {0} has a coloring of its own.': 'L’image {0} a une colorisation à elle.',
  'Choose another frame, or clear that one first.': 'Choisissez une autre image, ou videz d’abord celle-ci.',
  'The colors of the pin at frame {0} have not been carried to frame {1} yet.':
    'Les couleurs de l’épingle de l’image {0} n’ont pas encore été propagées jusqu’à l’image {1}.',
  'Propagate them first, then move the pin; or move it by no more than {0} frames at a time.':
    'Propagez-les d’abord, puis déplacez l’épingle ; ou déplacez-la de {0} images au plus à la fois.',
  'A pin needs a coloring of its own.': 'Une épingle a besoin d’une colorisation à elle.',
  'Colorize the frame first.': 'Colorisez d’abord l’image.',
  'These frames are locked already.': 'Ces images sont déjà verrouillées.',
  'Change the lock that is there.': 'Modifiez le verrou existant.',
  'Frame {0} has no colors yet that could be locked.':
    'L’image {0} n’a pas encore de couleurs que l’on puisse verrouiller.',
  '{0} of these frames have no colors yet that could be locked, the first of them frame {1}.':
    '{0} de ces images n’ont pas encore de couleurs que l’on puisse verrouiller, la première étant l’image {1}.',
  'Colorize them first, then lock them.': 'Colorisez-les d’abord, puis verrouillez-les.',
  'The locked colors of one frame are gone: an earlier version kept them in the color cache only.':
    'Les couleurs verrouillées d’une image sont perdues : une version antérieure ne les gardait que dans le cache ' +
    'des couleurs.',
  'The locked colors of {0} frames are gone: an earlier version kept them in the color cache only.':
    'Les couleurs verrouillées de {0} images sont perdues : une version antérieure ne les gardait que dans le ' +
    'cache des couleurs.',
  'Unlock these frames, color them as you want them, and lock them again.':
    'Déverrouillez ces images, colorisez-les à votre gré, puis verrouillez-les de nouveau.',
  'The coloring of frame {0} has just left the color cache.':
    'La colorisation de l’image {0} vient de quitter le cache des couleurs.',
  'Colorize the frames again, then lock them.': 'Colorisez de nouveau les images, puis verrouillez-les.',
  'The disk that holds the color cache is full, so further colors can not be kept.':
    'Le disque qui contient le cache des couleurs est plein : d’autres couleurs ne peuvent pas être gardées.',
  'Make room on the disk that holds “{0}”, then colorize again: it goes on from the frames that are done.':
    'Libérez de l’espace sur le disque qui contient « {0} », puis colorisez de nouveau : les images faites sont gardées.',
  'The color cache can not be written to, so further colors can not be kept.':
    'Impossible d’écrire dans le cache des couleurs : d’autres couleurs ne peuvent pas être gardées.',
  'Check that you may write in the folder “{0}” and that its disk is connected, then colorize again.':
    'Vérifiez que vous pouvez écrire dans le dossier « {0} » et que son disque est connecté, puis colorisez de nouveau.',
  'The disk is full, so these frames were not locked.': 'Le disque est plein : ces images n’ont pas été verrouillées.',
  'Make room on the disk that holds the project, and lock them again.':
    'Libérez de l’espace sur le disque qui contient le projet, puis verrouillez-les de nouveau.',
  'The colors to be locked could not be written beside the project, so these frames were not locked.':
    'Les couleurs à verrouiller n’ont pas pu être écrites à côté du projet : ces images n’ont pas été verrouillées.',
  'Save the project in another folder, and lock them again.':
    'Enregistrez le projet dans un autre dossier, puis verrouillez-les de nouveau.',

  // Projects
  'No project is open.': 'Aucun projet n’est ouvert.',
  'Open a film or a project first.': 'Ouvrez d’abord un film ou un projet.',
  'This file is not a project of ColoRNN Studio.': 'Ce fichier n’est pas un projet de ColoRNN Studio.',
  'Choose a file that ends in .colornn.': 'Choisissez un fichier qui se termine par .colornn.',
  'This project was made with a newer version of ColoRNN Studio.':
    'Ce projet a été fait avec une version plus récente de ColoRNN Studio.',
  'Install the newer version to open it.': 'Installez la version plus récente pour l’ouvrir.',
  '“{0}” is open in another window or on another computer.':
    '« {0} » est ouvert dans une autre fenêtre ou sur un autre ordinateur.',
  'Close it there first.': 'Fermez-le d’abord là-bas.',
  '“{0}” is being opened by another program.': '« {0} » est en train d’être ouvert par un autre programme.',
  'Try again in a moment.': 'Réessayez dans un instant.',
  'Only projects that were never saved can be discarded.':
    'Seuls les projets qui n’ont jamais été enregistrés peuvent être jetés.',
  'Choose one from the list.': 'Choisissez-en un dans la liste.',
  'The name “{0}” is too long for this disk.': 'Le nom « {0} » est trop long pour ce disque.',
  'Choose a shorter name.': 'Choisissez un nom plus court.',
  'The disk is full, so this was not done: the picture or colors that it needs could not be written.':
    'Le disque est plein, cela n’a donc pas été fait : l’image ou les couleurs nécessaires n’ont pas pu être écrites.',
  'Make room on the disk that holds “{0}”, then do it again.':
    'Libérez de l’espace sur le disque qui contient « {0} », puis recommencez.',
  'The disk is full; “{0}” could not be written.': 'Le disque est plein ; « {0} » n’a pas pu être écrit.',
  'Your edits are kept while the program runs.': 'Vos modifications sont gardées tant que le programme est ouvert.',
  'What you have open stays as it is.': 'Ce que vous avez ouvert reste tel quel.',
  'Your edits are kept in the program’s own folder, and come back even after a crash.':
    'Vos modifications sont gardées dans le dossier du programme, et reviennent même après un plantage.',
  '{0} Make room on the disk that holds “{1}”; {2}.':
    '{0} Libérez de l’espace sur le disque qui contient « {1} » ; {2}.',
  'it is tried again by itself': 'un nouvel essai se fait de lui-même',
  'then try again': 'puis réessayez',
  '{0} Save the project in another folder.': '{0} Enregistrez le projet dans un autre dossier.',
  'The disk that holds “{0}” is full, so it was opened as a copy: save it in another place.':
    'Le disque qui contient « {0} » est plein : le projet a été ouvert comme copie. Enregistrez-la ailleurs.',
  'Save the project in another folder.': 'Enregistrez le projet dans un autre dossier.',
  'The folder “{0}” is not there any more.': 'Le dossier « {0} » n’existe plus.',
  'Connect its disk, or save the project in another folder.':
    'Branchez son disque, ou enregistrez le projet dans un autre dossier.',
  'Your settings could not be kept in “{0}”.': 'Vos réglages n’ont pas pu être enregistrés dans « {0} ».',
  'They hold while the program runs. Make room on that disk, or let the program write there; then change a setting once more.':
    'Ils valent tant que le programme tourne. Libérez de l’espace sur ce disque, ou laissez le programme y écrire ; puis modifiez-en encore un.',
  '“{0}” could not be written.': '« {0} » n’a pas pu être écrit.',
  '“{0}” could not be read.': '« {0} » n’a pas pu être lu.',
  'Check the disk it lies on, and try again.': 'Vérifiez le disque où il se trouve, puis réessayez.',
  'A picture that belongs to this project is missing.': 'Une image qui appartient à ce projet manque.',
  'Put the folder “{0}” back beside the project file, and save.':
    'Remettez le dossier « {0} » à côté du fichier du projet, puis enregistrez.',
  '{0} pictures and colorings that belong to this project are missing.':
    '{0} images et colorisations qui appartiennent à ce projet manquent.',
  'Put the folder “{0}” back beside the project file.': 'Remettez le dossier « {0} » à côté du fichier du projet.',
  'A picture that belongs to this project is damaged.': 'Une image qui appartient à ce projet est endommagée.',
  'Bring the picture in again, or undo to before it was used.':
    'Apportez-la de nouveau, ou annulez jusqu’avant son utilisation.',
  '“{0}” is damaged, and there is no backup of it.': '« {0} » est endommagé, et il n’en existe pas de sauvegarde.',
  'Restore the file from a copy of your own.': 'Restaurez le fichier à partir d’une copie à vous.',
  '“{0}” was {1}; it was put together again from {2}.': '« {0} » {1} ; le fichier a été reconstitué à partir de {2}.',
  missing: 'manquait',
  damaged: 'était endommagé',
  'its backup': 'sa sauvegarde',
  'its journal': 'son journal',
  'The one unsaved edit of “{0}” could not be read: its journal was damaged.':
    'La seule modification non enregistrée de « {0} » n’a pas pu être lue : son journal était endommagé.',
  'None of the {0} unsaved edits of “{1}” could be read: its journal was damaged.':
    'Aucune des {0} modifications non enregistrées de « {1} » n’a pu être lue : son journal était endommagé.',
  '{0} of {1} unsaved edits of “{2}” could not be read: its journal was damaged. The others are back.': {
    by: 0,
    one:
      '{0} des {1} modifications non enregistrées de « {2} » n’a pas pu être lue : son journal était endommagé. ' +
      'Les autres sont revenues.',
    other:
      '{0} des {1} modifications non enregistrées de « {2} » n’ont pas pu être lues : son journal était endommagé. ' +
      'Les autres sont revenues.',
  },
  '{0} of {1} unsaved edits of “{2}” could not be read: its journal was damaged.': {
    by: 0,
    one: '{0} des {1} modifications non enregistrées de « {2} » n’a pas pu être lue : son journal était endommagé.',
    other:
      '{0} des {1} modifications non enregistrées de « {2} » n’ont pas pu être lues : son journal était endommagé.',
  },
  '{0} of {1} unsaved edits of “{2}” were left out: they rest on others that are missing.': {
    by: 0,
    one:
      'Sur {1} modifications non enregistrées de « {2} », {0} a été laissée de côté : elle repose sur une autre ' +
      'qui manque.',
    other:
      'Sur {1} modifications non enregistrées de « {2} », {0} ont été laissées de côté : elles reposent sur ' +
      'd’autres qui manquent.',
  },
  'The journal of “{0}” was damaged; no unsaved edit is missing.':
    'Le journal de « {0} » était endommagé ; aucune modification non enregistrée ne manque.',
  'The undo history of “{0}” does not reach back to its beginning any more.':
    'L’historique de « {0} » ne remonte plus jusqu’à son début.',
  '“{0}” was changed by another program: its checksum is not right. It opens as it is; look it over.':
    '« {0} » a été modifié par un autre programme : sa somme de contrôle est fausse. Il s’ouvre tel qu’il est ; ' +
    'examinez-le.',
  'The journal of “{0}” could not be read. Edits made after the project was last saved are missing, if there were any, and so is the undo history.':
    'Le journal de « {0} » n’a pas pu être lu. Les modifications faites depuis le dernier enregistrement manquent, ' +
    's’il y en avait, de même que l’historique.',
  'The journal of “{0}” is missing. Edits made after the project was last saved are missing, if there were any, and so is the undo history.':
    'Le journal de « {0} » manque. Les modifications faites depuis le dernier enregistrement manquent, s’il y en ' +
    'avait, de même que l’historique.',
  'One edit newer than the backup is missing.': 'Une modification plus récente que la sauvegarde manque.',
  '{0} edits newer than the backup are missing.': '{0} modifications plus récentes que la sauvegarde manquent.',
  '“{0}” was taken over by another program.': 'Un autre programme a repris la main sur « {0} ».',
  'What you have open goes on as a copy; save it under another name.':
    'Ce que vous avez ouvert devient une copie ; enregistrez-la sous un autre nom.',
  '“{0}” is not in its folder any more: it was moved or removed, or its disk is away.':
    '« {0} » n’est plus dans son dossier : il a été déplacé ou supprimé, ou son disque n’est plus là.',
  'What you have open goes on as a copy; save it in a place of your own.':
    'Ce que vous avez ouvert devient une copie ; enregistrez-la à un endroit à vous.',
  '“{0}” was changed by another program since it was opened.':
    '« {0} » a été modifié par un autre programme depuis son ouverture.',
  'Save under another name, or replace it; what is there is kept beside it then.':
    'Enregistrez sous un autre nom, ou remplacez-le ; le contenu actuel est alors gardé à côté.',
  'One picture of this film has changed since: {0}.': 'Une image de ce film a changé depuis : {0}.',
  '{0} pictures of this film have changed since: {1}.': '{0} images de ce film ont changé depuis : {1}.',
  '“{0}” was replaced while the film was open.': '« {0} » a été remplacé pendant que le film était ouvert.',
  'Start again: what is finished is kept, and what the picture has outdated is colored anew.':
    'Recommencez : ce qui est terminé est gardé, et ce que cette image a rendu périmé est recolorisé.',
  '“{0}” has {1} pictures now; this project knows {2}.': {
    by: 1,
    one: '« {0} » a maintenant {1} image ; ce projet en connaît {2}.',
    other: '« {0} » a maintenant {1} images ; ce projet en connaît {2}.',
  },
  'One frame of “{0}” was left as it is: its colors come from a pin or a shot that lies behind the end of the film as it is now.':
    'Une image de « {0} » est restée telle quelle : ses couleurs viennent d’une image épinglée ou d’un plan situé après la fin actuelle du film.',
  '{0} frames of “{1}” were left as they are: their colors come from a pin or a shot that lies behind the end of the film as it is now.':
    '{0} images de « {1} » sont restées telles quelles : leurs couleurs viennent d’une image épinglée ou d’un plan situé après la fin actuelle du film.',
  'See “Where the films lie” to use the film as it is now, or bring back what it was.':
    'Ouvrez « Où se trouvent les films » pour utiliser le film tel qu’il est maintenant, ou remettez celui d’avant en place.',
  'See “Where the films lie” to use it as it is now, or bring its folder back to what it was.':
    'Ouvrez « Où se trouvent les films » pour l’utiliser tel qu’il est maintenant, ou remettez son dossier dans ' +
    'l’état d’avant.',
  '“{0}” to “{1}”': '« {0} » à « {1} »',
  '“{0}”': '« {0} »',
  'Frames that were colored from them are out of date: color them anew. All others keep their colors.':
    'Les images dont les couleurs en dépendaient sont à refaire : recolorisez-les. Toutes les autres gardent leurs ' +
    'couleurs.',
  'What another program had written is kept as “{0}”.':
    'Ce qu’un autre programme avait écrit est gardé sous le nom « {0} ».',
  '“{0}” is open elsewhere, so it was opened as a copy: save it in a place of your own.':
    '« {0} » est ouvert ailleurs : il a été ouvert comme copie. Enregistrez-la à un endroit à vous.',
  'The project stays open.': 'Le projet reste ouvert.',
  Untitled: 'Sans titre',
  'One edit of “{0}” could not be written.': 'Une modification de « {0} » n’a pas pu être écrite.',
  '{0} edits of “{1}” could not be written.': '{0} modifications de « {1} » n’ont pas pu être écrites.',
  'The journal beside “{0}” belongs to another copy of the project; it was put aside, and the undo history begins anew.':
    'Le journal à côté de « {0} » appartient à une autre copie du projet ; il a été mis de côté, et l’historique ' +
    'recommence.',
  'What was there is kept as “{0}”.': 'Ce qui s’y trouvait est gardé sous le nom « {0} ».',
  'You may not write beside “{0}”, so it was opened as a copy: save it in a place of your own.':
    'Vous n’avez pas le droit d’écrire à côté de « {0} » : il a été ouvert comme copie. Enregistrez-la à un ' +
    'endroit à vous.',

  // The program itself
  'Something went wrong inside ColoRNN Studio.': 'Quelque chose s’est mal passé dans ColoRNN Studio.',
  'Your footage is unharmed. Try again; if it happens again, report it with the details below.':
    'Vos originaux sont intacts. Réessayez ; si cela se reproduit, signalez-le avec les détails ci-dessous.',
  'The window asked for “{0}”, which nobody has chosen.': 'La fenêtre a demandé « {0} », que personne n’a choisi.',
  'Choose the file in a dialog, or drop it on the window.':
    'Choisissez le fichier dans une boîte de dialogue, ou déposez-le sur la fenêtre.',
  'The window asked for something that makes no sense.': 'La fenêtre a demandé quelque chose qui n’a pas de sens.',
  'Try again; if it happens again, report it with the details below.':
    'Réessayez ; si cela se reproduit, signalez-le avec les détails ci-dessous.',
  'The program ffmpeg crashed while it read “{0}”.': 'Le programme ffmpeg a planté en lisant « {0} ».',
  'Use another version of ffmpeg: install it, or set COLORNN_FFMPEG to its path. Or convert the film.':
    'Utilisez une autre version de ffmpeg : installez-la, ou indiquez son chemin dans COLORNN_FFMPEG. Ou bien ' +
    'convertissez le film.',
  'The ffmpeg that the COLORNN_FFMPEG setting names is not there or can not be run.':
    'Le ffmpeg que nomme le réglage COLORNN_FFMPEG n’existe pas ou ne peut pas être lancé.',
  'Correct the setting, or remove it to use the ffmpeg that the program finds by itself.':
    'Corrigez ce réglage, ou supprimez-le pour utiliser le ffmpeg que le programme trouve de lui-même.',
  'The program ffmpeg, which reads and writes the films, was not found on this computer.':
    'Le programme ffmpeg, qui lit et écrit les films, est introuvable sur cet ordinateur.',
  'The program ffmpeg, which reads and writes the films, could not be started.':
    'Le programme ffmpeg, qui lit et écrit les films, n’a pas pu être lancé.',
  'Install ffmpeg 5.1 or newer, or set COLORNN_FFMPEG to its full path, and start again.':
    'Installez ffmpeg 5.1 ou plus récent, ou indiquez son chemin complet dans COLORNN_FFMPEG, puis relancez.',
  'The program found in the place of ffmpeg does not answer as ffmpeg does.':
    'Le programme trouvé à la place de ffmpeg ne répond pas comme ffmpeg.',
  'Install ffmpeg 5.1 or newer, or set COLORNN_FFMPEG to its full path.':
    'Installez ffmpeg 5.1 ou plus récent, ou indiquez son chemin complet dans COLORNN_FFMPEG.',
  'The ffmpeg on this computer is version {0}, which is too old.':
    'Le ffmpeg de cet ordinateur est en version {0}, qui est trop ancienne.',
  'Install ffmpeg 5.1 or newer, or set COLORNN_FFMPEG to the path of a newer one.':
    'Installez ffmpeg 5.1 ou plus récent, ou indiquez le chemin d’un plus récent dans COLORNN_FFMPEG.',
  'TensorFlow, which computes the colors, could not be loaded on this computer.':
    'TensorFlow, qui calcule les couleurs, n’a pas pu être chargé sur cet ordinateur.',
  'Run npm start once more, which sets it up again; on a packaged version, install the program again.':
    'Lancez npm start encore une fois, ce qui le remet en place ; pour une version empaquetée, réinstallez le ' +
    'programme.',
  'The trained networks that the program came with are not in their place.':
    'Les réseaux entraînés livrés avec le programme ne sont pas à leur place.',
  'The trained networks that the program came with are damaged.':
    'Les réseaux entraînés livrés avec le programme sont endommagés.',
  'Install the program again, or copy the folder “models/weights” back from its archive.':
    'Réinstallez le programme, ou recopiez le dossier « models/weights » depuis son archive.',
  'stream {0} ({1}one picture, {2})': 'flux {0} ({1}une image, {2})',
  'stream {0} ({1}{2} pictures, {3})': {
    by: 2,
    one: 'flux {0} ({1}{2} image, {3})',
    other: 'flux {0} ({1}{2} images, {3})',
  },
  'The file holds other pictures as well: {0}. The film that is opened is {1}.':
    'Le fichier contient aussi d’autres images : {0}. Le film ouvert est celui-ci : {1}.',
  'More than one of them could be the film. If it is another one, take that out of the file first.':
    'Plusieurs d’entre eux pourraient être le film. Si c’en est un autre, extrayez-le d’abord du fichier.',
  'at frame {0} it runs back by {1}': 'à l’image {0}, elle recule de {1}',
  'at frame {0} it leaps by {1}': 'à l’image {0}, elle avance d’un coup de {1}',
  '{0} from frame {1} on': '{0} à partir de l’image {1}',
  '{0} more changes': { by: 0, one: '{0} autre changement', other: '{0} autres changements' },
  'The size, shape or format of the pictures changes within the film: {0}.':
    'La taille, la forme ou le format des images change au cours du film : {0}.',
  'An export is written as parts of one size each, which keep their very samples, or as a whole at the largest size, in which other shapes stand between black bars.':
    'L’exportation se fait en parties d’une seule taille chacune, qui gardent leurs échantillons exacts, ou d’un ' +
    'seul tenant à la plus grande taille, où les autres formes sont entourées de bandes noires.',
  'The size, shape or format of the pictures changes in the film: {0}. All were written as {1}; those of another were converted and are not as they were, bit for bit.':
    'La taille, la forme ou le format des images change au cours du film : {0}. Toutes ont été écrites en {1} ; ' +
    'les autres ont été converties et ne sont plus les mêmes au bit près.',
  'To keep every picture’s own samples, export the film in parts of one size each.':
    'Pour garder les échantillons propres à chaque image, exportez le film en parties d’une seule taille chacune.',
  '{0} from frame {1} (“{2}”) on': '{0} à partir de l’image {1} (« {2} »)',
  '“{0}” ({1}, frames {2} to {3})': '« {0} » ({1}, images {2} à {3})',
  'The film was written in parts of one size each: {0}.':
    'Le film a été écrit en parties d’une seule taille chacune : {0}.',
  'The film says that its colors are in the matrix “{0}”, which can not be converted: where it keeps its own they may come out as others.':
    'Le film indique pour ses couleurs la matrice « {0} », qui ne peut pas être convertie : là où il garde les siennes, elles peuvent sortir différentes.',
  'Where the film keeps its own colors they were converted from {0} to {1}, luma as well: the export says that it is in that.':
    'Là où le film garde ses propres couleurs, elles ont été converties de {0} en {1}, luminance comprise : c’est ce qu’indique l’export.',
  'The part “{0}” was finished before and is kept.': 'La partie « {0} » était déjà terminée et est gardée.',
  'The parts “{0}” to “{1}” were finished before and are kept.':
    'Les parties « {0} » à « {1} » étaient déjà terminées et sont gardées.',
  'at {0} more places': { by: 0, one: 'à {0} autre endroit', other: 'à {0} autres endroits' },
  'The film’s clock does not go on everywhere, as where recordings were joined: {0}. All pictures are kept, one after another.':
    'L’horloge du film n’avance pas partout sans rupture, comme là où des enregistrements ont été raccordés : {0}. ' +
    'Toutes les images sont gardées, l’une après l’autre.',
  'is a HEIC or AVIF photograph, which can not be read.':
    'est une photographie HEIC ou AVIF, qui ne peut pas être lue.',
  'Convert it to PNG or TIFF with a program that shows it.':
    'Convertissez-la en PNG ou en TIFF avec un programme qui l’affiche.',
  'is encrypted, so its pictures can not be decoded.': 'est chiffré : ses images ne peuvent pas être décodées.',
  'Open a copy of the film that is not encrypted.': 'Ouvrez une copie du film qui ne soit pas chiffrée.',
  'is a BigTIFF, which can not be read.': 'est un BigTIFF, qui ne peut pas être lu.',
  'Save the pictures again as plain TIFF, or as PNG.': 'Enregistrez les images en TIFF ordinaire ou en PNG.',
  'is in a form that this ffmpeg can not decode.': 'est sous une forme que ce ffmpeg ne sait pas décoder.',
  'Convert it with the tool that made it: films to ProRes or FFV1, pictures to PNG or TIFF of 8 or 16 bits.':
    'Convertissez-le avec l’outil qui l’a produit : les films en ProRes ou en FFV1, les images en PNG ou en TIFF ' +
    'de 8 ou 16 bits.',
  'holds half-float samples, which can not be read as they are meant.':
    'contient des échantillons en demi-flottants, qui ne peuvent pas être lus comme ils sont voulus.',
  'Save the pictures again as TIFF of 16 bits, or as EXR.':
    'Enregistrez de nouveau les images en TIFF de 16 bits ou en EXR.',
  'The film is stored mirrored. Pictures are written upright; an export as a film is mirrored as the source is, and has to be mirrored when it is shown.':
    'Le film est stocké en miroir. Les images isolées sont écrites à l’endroit ; une exportation en film est en ' +
    'miroir comme la source, et doit être retournée à la projection.',
  'The pictures hold scene-linear light; it is brought to the curve of sRGB, as screens want it.':
    'Les images contiennent une lumière linéaire de scène ; elle est ramenée à la courbe sRGB, comme le veulent ' +
    'les écrans.',
  'has a color profile that can not be applied.': 'a un profil de couleur qui ne peut pas être appliqué.',
  'Convert it to sRGB in the program that it was painted with, and save it again.':
    'Convertissez-le en sRGB dans le programme avec lequel il a été peint, puis enregistrez-le de nouveau.',
  '“{0}” is no timecode; write hours, minutes, seconds and frames, as in 01:00:00:00.':
    '« {0} » n’est pas un timecode ; écrivez heures, minutes, secondes et images, comme 01:00:00:00.',
  'The timecode “{0}” does not exist: hours go to 23, minutes and seconds to 59.':
    'Le timecode « {0} » n’existe pas : les heures vont jusqu’à 23, les minutes et secondes jusqu’à 59.',
  'The timecode “{0}” does not exist at this frame rate: frames go to {1}.':
    'Le timecode « {0} » n’existe pas à cette cadence : les images vont jusqu’à {1}.',
  'Drop-frame timecode, with a semicolon before the frames, exists at 29.97 and 59.94 frames/s alone; write “{0}”.':
    'Le timecode drop-frame, avec un point-virgule avant les images, n’existe qu’à 29,97 et 59,94 images/s ; écrivez « {0} ».',
  'The timecode “{0}” does not exist: drop-frame leaves out the first {1} of every minute but each tenth.':
    'Le timecode « {0} » n’existe pas : le drop-frame saute les {1} premiers numéros de chaque minute, sauf une sur dix.',
  '{0} files hold sound in 24 bits at most; of the {1} sound what is louder than full scale is cut off, and what is finer is rounded.':
    'Les fichiers {0} contiennent le son en 24 bits au plus ; du son {1}, ce qui dépasse la pleine échelle est coupé et ce qui est plus fin est arrondi.',
  '{0} files hold sound in 24 bits at most; of the {1} sound what is finer is rounded.':
    'Les fichiers {0} contiennent le son en 24 bits au plus ; du son {1}, ce qui est plus fin est arrondi.',
  'MXF files hold sound as PCM of 48 kHz; the {0} sound is converted.':
    'Les fichiers MXF contiennent le son en PCM à 48 kHz ; le son {0} est converti.',
  'MXF files hold no chapters; they are left out.':
    'Les fichiers MXF ne contiennent pas de chapitres ; ils sont laissés de côté.',
  'Choose another format, or install another ffmpeg.': 'Choisissez un autre format, ou installez un autre ffmpeg.',
  'Choose FFV1 in Matroska or PNG, which take every size; of an odd side, a line can be cropped.':
    'Choisissez FFV1 en Matroska ou PNG, qui acceptent toutes les tailles ; d’un côté impair, une ligne peut être coupée.',
  'Choose FFV1 in Matroska or PNG, which take every size, or have the picture enlarged.':
    'Choisissez FFV1 en Matroska ou PNG, qui acceptent toutes les tailles, ou faites agrandir l’image.',
  'Choose FFV1 in Matroska, which takes every rate.': 'Choisissez FFV1 en Matroska, qui accepte toutes les cadences.',
  'The frame rate varies, so what the timecode is at the start of each shot is not known.':
    'La cadence varie : le timecode au début de chaque plan n’est donc pas connu.',
  'Leave the start timecode out, or export the shots one by one, each with its own.':
    'Laissez le timecode de départ de côté, ou exportez les plans un par un, chacun avec le sien.',
  'The frame rate varies, so the timecode of the frames before or behind the one that was given is not known.':
    'La cadence varie : le timecode des images avant ou après celle indiquée n’est donc pas connu.',
  'Leave the start timecode out, or export this part by itself, without frames around it.':
    'Laissez le timecode de départ de côté, ou exportez cette partie seule, sans images autour.',
  'Choose the same in QuickTime, or FFV1 in Matroska, which take every rate.':
    'Choisissez le même format en QuickTime, ou FFV1 en Matroska, qui acceptent toutes les cadences.',
  '{0} needs one steady frame rate, and this film’s varies.':
    '{0} demande une cadence constante, et celle de ce film varie.',
  '{0} knows {1} frames/s; this film has {2}.': '{0} connaît {1} images/s ; ce film en a {2}.',
  'Pictures have no times of their own; that the film’s frame rate varies is not in this export.':
    'Des images isolées n’ont pas d’instant à elles ; cette exportation ne garde pas les variations de cadence du film.',
  'Correct the start timecode.': 'Corrigez le timecode de départ.',
  'This ffmpeg ({0}) can not write {1}: it was built without the encoder {2}.':
    'Ce ffmpeg ({0}) ne sait pas écrire {1} : il a été compilé sans l’encodeur {2}.',
  'This ffmpeg ({0}) can not put {1} into MXF; 7.0 and newer ones can.':
    'Ce ffmpeg ({0}) ne sait pas mettre {1} en MXF ; 7.0 et les plus récents le savent.',
  'Picture {0} of the export is not as it was to be written: ffmpeg has written another.':
    'L’image {0} de l’exportation n’est pas telle qu’elle devait être écrite : ffmpeg en a écrit une autre.',
  '“{0}” of the export is not the picture that was to be written, sample for sample.':
    '« {0} » de l’exportation n’est pas, échantillon par échantillon, l’image qui devait être écrite.',
  'The picture that was written is not the one that was to be written, sample for sample; it was removed.':
    'L’image écrite n’est pas, échantillon par échantillon, celle qui devait être écrite ; elle a été supprimée.',
  'Read back: {0} pictures, each sample for sample as it was to be written.': {
    by: 0,
    one: 'Relu : {0} image, échantillon par échantillon telle qu’elle devait être écrite.',
    other: 'Relu : {0} images, chacune échantillon par échantillon telle qu’elle devait être écrite.',
  },
  'Read back: {0} pictures, all whole.': {
    by: 0,
    one: 'Relu : {0} image, entière.',
    other: 'Relu : {0} images, toutes entières.',
  },
  'Read back: {0} pictures at {1} frames/s, luma bit for bit as in the film and color as it was made; times, timecode, fields, shape, colors and sound as ordered.':
    {
      by: 0,
      one: 'Relu : {0} image à {1} images/s, la luminance bit pour bit comme dans le film et la couleur telle qu’elle a été faite ; temps, timecode, trames, forme, couleurs et son comme demandé.',
      other:
        'Relu : {0} images à {1} images/s, la luminance bit pour bit comme dans le film et la couleur telle qu’elle a été faite ; temps, timecode, trames, forme, couleurs et son comme demandé.',
    },
  'Read back: {0} pictures at {1} frames/s; times, timecode, fields, shape, colors and sound as ordered.': {
    by: 0,
    one: 'Relu : {0} image à {1} images/s ; temps, timecode, trames, forme, couleurs et son comme demandé.',
    other: 'Relu : {0} images à {1} images/s ; temps, timecode, trames, forme, couleurs et son comme demandé.',
  },
  'Read back: a comparison of {0} pictures of {1} × {2} pixels at {3} frames/s; times, timecode, fields, shape, colors and sound as ordered.':
    {
      by: 0,
      one: 'Relu : une comparaison de {0} image de {1} × {2} pixels à {3} images/s ; temps, timecode, trames, forme, couleurs et son comme demandé.',
      other:
        'Relu : une comparaison de {0} images de {1} × {2} pixels à {3} images/s ; temps, timecode, trames, forme, couleurs et son comme demandé.',
    },
  'What the film says of the light it was made for (mastering display, MaxCLL, MaxFALL) could not be written into the export; enter it where the export is used.':
    'Ce que le film dit de la lumière pour laquelle il a été fait (écran de masterisation, MaxCLL, MaxFALL) n’a pas pu être écrit dans l’exportation ; indiquez-le là où l’exportation est utilisée.',
  '{0} can not say which primaries the film’s colors have ({1}); enter them where the export is used.':
    '{0} ne peut pas indiquer quelles primaires ont les couleurs du film ({1}) ; indiquez-les là où l’exportation est utilisée.',
  '{0} can not say which transfer curve the film has ({1}); enter it where the export is used.':
    '{0} ne peut pas indiquer quelle courbe de transfert a le film ({1}) ; indiquez-la là où l’exportation est utilisée.',
  'The name of the film’s reel, “{0}”, has no place in this export ({1}); note it elsewhere.':
    'Le nom de la bobine du film, « {0} », n’a pas de place dans cette exportation ({1}) ; notez-le ailleurs.',
  'Mastering display and light levels are the film’s.':
    'L’écran de masterisation et les niveaux de lumière sont ceux du film.',
  '“{0}” is finished and whole, but its checksum could not be written. {1}':
    '« {0} » est terminé et entier, mais sa somme de contrôle n’a pas pu être écrite. {1}',
  'The disk that holds “{0}” is full.': 'Le disque qui contient « {0} » est plein.',
  'There is no report of “{0}”. {1} {2}': 'Il n’y a pas de rapport sur « {0} ». {1} {2}',
  'The export’s pictures are {0} × {1} instead of {2} × {3}.':
    'Les images de l’exportation mesurent {0} × {1} au lieu de {2} × {3}.',

  // The record of an export
  'Not all that this export says of itself could be written; marks of its colors or of its origin may be missing.':
    'Tout ce que cet export dit de lui-même n’a pas pu être écrit ; des indications sur ses couleurs ou son origine peuvent manquer.',
  'The name of the record of “{0}” was taken; it is called “{1}”.':
    'Le nom du compte rendu de « {0} » était pris ; il s’appelle « {1} ».',
  '“{0}” is finished and whole, but the record of it could not be written. {1}':
    '« {0} » est terminé et entier, mais son compte rendu n’a pas pu être écrit. {1}',
  // Exports that wait
  'These are {0} shots; at most {1} are exported as files of their own at a time.':
    'Cela fait {0} plans ; {1} au plus sont exportés à la fois dans leur propre fichier.',
  'Mark a part of the film with fewer shots.': 'Marquez une partie du film qui a moins de plans.',
  'The shots of this film are still being looked for: it is not known yet which files these would be.':
    'La recherche des plans de ce film est en cours : on ne sait pas encore quels seraient ces fichiers.',
  'Export them when all shots are found, or export the film as one file.':
    'Exportez-les une fois tous les plans trouvés, ou exportez le film en un seul fichier.',
  'What was written down of this order is damaged or gone.':
    'Ce qui était noté de cette commande est endommagé ou manquant.',
  'Order the export again from its project.': 'Commandez de nouveau l’exportation depuis son projet.',
  'The list of exports was damaged; it was put together again from the orders themselves.':
    'La liste des exportations était endommagée ; elle a été refaite à partir des commandes elles-mêmes.',
  'Look through the list: some of them may have been cancelled before.':
    'Parcourez la liste : certaines étaient peut-être déjà abandonnées.',
  'Nothing was waiting to be exported.': 'Aucune exportation n’attendait.',
  'The exports that wait were ordered with a later version of ColoRNN Studio, and are left to it.':
    'Les exportations en attente viennent d’une version plus récente de ColoRNN Studio et lui sont laissées.',
  'To go on with them in that version, close the program and rename the folder “{0}” to “{1}”.':
    'Pour les reprendre dans cette version, fermez le programme et renommez le dossier « {0} » en « {1} ».',
  'The film of “{0}” is no longer the one that was ordered.':
    'Le film de « {0} » n’est plus celui qui avait été commandé.',
  'Bring the film of before back and try again, or order the export anew.':
    'Remettez le film d’avant et réessayez, ou commandez de nouveau l’exportation.',
  'Bring it back, connect its disk, or say in its project where it lies now: the export then goes on by itself.':
    'Remettez-le en place, branchez son disque ou indiquez dans son projet où il se trouve : l’exportation reprendra alors d’elle-même.',
  'Connect its disk: the export then goes on by itself. Or cancel it, and order it elsewhere.':
    'Branchez son disque : l’exportation reprendra alors d’elle-même. Ou abandonnez-la et commandez-la ailleurs.',
  'Another export in the list goes to “{0}” already.': 'Une autre exportation de la liste va déjà vers « {0} ».',
  'Choose another name, or cancel that one first.': 'Choisissez un autre nom, ou abandonnez d’abord celle-là.',

  'No frame of this film is pinned.': 'Aucune image de ce film n’est épinglée.',
  'Pin a frame first.': 'Épinglez d’abord une image.',
  // What was found in a finished film
  'This export is no longer in the list.': 'Cette exportation n’est plus dans la liste.',
  'Look a film through with “npm run inspect” instead.': 'Examinez plutôt le film avec « npm run inspect ».',
  'The color jumps by {0} of 255.': 'La couleur saute de {0} sur 255.',
  'This frame has no color.': 'Cette image n’a pas de couleur.',
  'These {0} frames have no color.': 'Ces {0} images n’ont pas de couleur.',
  'Brightness jumps by {0} % for a moment.': 'La luminosité saute un instant de {0} %.',
  '{0} % of the picture is more saturated than a screen can show.':
    '{0} % de l’image sont plus saturés que ce qu’un écran peut montrer.',
  'The networks were unsure of these colors: {0} %.': 'Les réseaux n’étaient pas sûrs de ces couleurs : {0} %.',
  'Colors like those of skin lean to green, by {0}°.':
    'Des couleurs semblables à celles de la peau tirent vers le vert, de {0}°.',
  'Colors like those of skin lean to magenta, by {0}°.':
    'Des couleurs semblables à celles de la peau tirent vers le magenta, de {0}°.',
  'The frame before is shown again; in the original it is another.':
    'L’image précédente est montrée encore une fois ; dans l’original c’en est une autre.',
  'One frame of the original is missing here.': 'Il manque ici une image de l’original.',
  '{0} frames of the original are missing here.': 'Il manque ici {0} images de l’original.',
  'No other cuts were found. What you have done to cuts by hand stays.':
    'Aucune autre coupe n’a été trouvée. Ce que vous avez fait aux coupes à la main reste.',
  'Cuts of “{0}” were looked for again (new: {1}, gone: {2}). What you have done to cuts by hand stays.':
    'Les coupes de « {0} » ont été cherchées de nouveau (nouvelles : {1}, disparues : {2}). Ce que vous avez fait aux coupes à la main reste.',
  'Undo brings back what was there before.': '« Annuler » ramène ce qu’il y avait avant.',
}
